package io.rekindle.action.aws.rds.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.ActionCall.Point;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Foreign;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.action.aws.rds.Instances;
import io.rekindle.plan.step.data.Backup;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterMember;
import software.amazon.awssdk.services.rds.model.Tag;

/** An Aurora cluster from a recovery point. */
class RestoreClusterTest extends ActionContract<Backup.Restore> {
  private final BackupWorld world =
      new BackupWorld(
          in(THERE, RdsClient::builder),
          in(HERE, RdsClient::builder),
          in(HERE, Ec2Client::builder),
          in(HERE, BackupClient::builder));

  @Override
  protected ActionHandler<Backup.Restore> handler() {
    return new Restore();
  }

  @Override
  protected String with() {
    return BackupWorld.OF_AURORA;
  }

  @Override
  protected void world() {
    world.plantCluster();
  }

  @Override
  protected void inTheWay() {
    world
        .here()
        .createDBCluster(request ->
            request
                .dbClusterIdentifier("ledger-a1b2c3")
                .engine("aurora-postgresql")
                .masterUsername("master")
                .masterUserPassword("first-password"));
  }

  private StepDriver withInstances(int number) {
    return step(with().replace("capacity:", "instances: " + number + ", capacity:"));
  }

  @Test
  void takesTheNetworkOfThisRegionAndTheRestOfTheClusterThatWasSaved() {
    given();
    Map<String, String> outputs = step().settled().outputs();
    DBCluster restored = world.cluster("ledger-a1b2c3");
    assertThat(outputs)
        .containsEntry("instance", "ledger-a1b2c3-1")
        .containsEntry("cluster", "ledger-a1b2c3")
        .containsEntry("endpoint", restored.endpoint())
        .containsEntry("recoveryPoint", BackupWorld.SAVED.toString());
    assertThat(restored.dbSubnetGroup()).isEqualTo("dr");
    assertThat(restored.vpcSecurityGroups().getFirst().vpcSecurityGroupId()).isEqualTo("sg-0dr");
    assertThat(restored.dbClusterParameterGroup()).isEqualTo("own-cluster");
    assertThat(restored.engineVersion()).isEqualTo("16.4");
    assertThat(restored.backupRetentionPeriod()).isEqualTo(7);
    assertThat(restored.serverlessV2ScalingConfiguration().maxCapacity()).isEqualTo(8.0);
  }

  @Test
  void addsAsManyInstancesAsWantedAndTheFirstIsTheWriter() {
    given();
    assertThat(withInstances(3).settled().outputs()).containsEntry("instance", "ledger-a1b2c3-1");
    assertThat(world.cluster("ledger-a1b2c3").dbClusterMembers())
        .extracting(DBClusterMember::dbInstanceIdentifier)
        .containsExactlyInAnyOrder("ledger-a1b2c3-1", "ledger-a1b2c3-2", "ledger-a1b2c3-3");
    assertThat(changes())
        .containsExactly(
            "StartRestoreJob",
            "AddTagsToResource",
            "ModifyDBCluster",
            "ModifyDBCluster",
            "CreateDBInstance",
            "CreateDBInstance",
            "CreateDBInstance");
    assertThat(Instances.tags(world.instance("ledger-a1b2c3-3")))
        .containsEntry("rekindle:run", "a1b2c3");
  }

  @Test
  void addsOnlyTheInstancesThatALostAnswerDidNot() {
    given();
    StepDriver step = withInstances(2);
    Due adding = untilInstancesAreDue(step);
    refuseOnce("CreateDBInstance", "InsufficientDBInstanceCapacity");
    step.apply(adding);
    step.apply(adding);
    step.settled();
    assertThat(changes()).filteredOn("CreateDBInstance"::equals).hasSize(2);
    assertThat(world.instance("ledger-a1b2c3-1").dbInstanceClass()).isEqualTo("db.r6g.large");
    assertThat(world.instance("ledger-a1b2c3-2").dbInstanceClass()).isEqualTo("db.serverless");
  }

  private static Due untilInstancesAreDue(StepDriver step) {
    Due due = (Due) step.look();
    while (!due.change().equals("instances")) {
      step.apply(due);
      due = (Due) step.look();
    }
    return due;
  }

  @Test
  void replacesAnInstanceForWhichAwsFindsNoMachinesByTheNextClass() {
    given();
    StepDriver step = step();
    endsAs("CreateDBInstance", "insufficient-capacity");
    step.apply(untilInstancesAreDue(step));
    Due next = (Due) step.look();
    assertThat(next).isEqualTo(new Due("instances", Map.of("instanceClass", "db.r6g.large")));
    endsAs("CreateDBInstance", "");
    step.applyPatiently(next);
    step.apply(next);
    step.settled();
    assertThat(world.instance("ledger-a1b2c3-1").dbInstanceClass()).isEqualTo("db.r6g.large");
    assertThat(changes()).endsWith("CreateDBInstance", "DeleteDBInstance", "CreateDBInstance");
  }

  @Test
  void asksWhenSomebodyElsesInstanceHasTheNameOfOneOfItsOwn() {
    given();
    StepDriver step = step();
    untilInstancesAreDue(step);
    instantly(() ->
        world
            .here()
            .createDBInstance(request ->
                request
                    .dbInstanceIdentifier("ledger-a1b2c3-1")
                    .dbClusterIdentifier("ledger-a1b2c3")
                    .engine("aurora-postgresql")
                    .dbInstanceClass("db.r6g.large")
                    .tags(Tag.builder().key("owner").value("somebody").build())));
    assertThat(step.look()).isInstanceOf(Foreign.class);
  }

  @Test
  void restartsAnInstanceWhoseParametersWaitForThat() {
    given();
    StepDriver step = step();
    step.settled();
    pass(Duration.ofHours(1));
    instantly(() ->
        world
            .here()
            .modifyDBInstance(request ->
                request.dbInstanceIdentifier("ledger-a1b2c3-1").dbParameterGroupName("own")));
    step.settled();
    assertThat(changes()).endsWith("RebootDBInstance");
  }

  @Test
  void takesOffTheTagsOfAnEarlierRun() {
    given();
    StepDriver step = step();
    step.apply(step.due());
    Due tag = (Due) step.look();
    instantly(() ->
        world
            .here()
            .addTagsToResource(request ->
                request
                    .resourceName(world.cluster("ledger-a1b2c3").dbClusterArn())
                    .tags(Tag.builder().key("rekindle:expires").value("2026-01-01").build())));
    step.applyPatiently(tag);
    assertThat(Instances.tags(world.cluster("ledger-a1b2c3").tagList()))
        .containsEntry("rekindle:run", "a1b2c3")
        .doesNotContainKey("rekindle:expires");
  }

  @Test
  void aRecoveryPointOfAnInstanceIsNoCluster() {
    given();
    instantly(world::plantInstance);
    String point = instantlyKept();
    assertThat(step().at(new Point(point, null)).observe())
        .isEqualTo(
            new Broken(
                "the recovery point "
                    + point
                    + " in the vault orders-dr of us-west-2 is of RDS, but the step restores"
                    + " Aurora: clusterParameterGroup is for Aurora, and only there"));
  }

  private String instantlyKept() {
    String[] kept = new String[1];
    instantly(() -> kept[0] = world.keep("nightly-9", BackupWorld.SAVED));
    return kept[0];
  }

  @Test
  void aDrillTakesItsInstancesAwayBeforeTheCluster() {
    given();
    StepDriver drill = step().drill();
    assertThat(drill.settled().outputs()).containsEntry("instance", "drill-a1b2c3-ledger-1");
    drill.undo();
    assertThat(world.has("drill-a1b2c3-ledger-1")).isFalse();
    assertThat(world.hasCluster("drill-a1b2c3-ledger")).isFalse();
    assertThat(changes()).endsWith("DeleteDBInstance", "DeleteDBCluster");
  }
}
