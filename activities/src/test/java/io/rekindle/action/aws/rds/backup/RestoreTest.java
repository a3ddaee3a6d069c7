package io.rekindle.action.aws.rds.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.ActionCall.Point;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.action.aws.rds.Instances;
import io.rekindle.plan.step.data.Backup;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;

/** An RDS instance from a recovery point. */
class RestoreTest extends ActionContract<Backup.Restore> {
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
    return BackupWorld.OF_RDS;
  }

  @Override
  protected void world() {
    world.plant();
  }

  @Override
  protected void inTheWay() {
    world
        .here()
        .createDBInstance(request ->
            request
                .dbInstanceIdentifier("orders-a1b2c3")
                .engine("mysql")
                .dbInstanceClass("db.t3.micro")
                .allocatedStorage(20)
                .masterUsername("admin")
                .masterUserPassword("first-password"));
  }

  /** Histories hold these words: what is in progress must stay readable. */
  @Test
  void recordsWhatWasAgreedOn() {
    given();
    StepDriver step = step();
    assertThat(step.due())
        .isEqualTo(
            new Due(
                "restore",
                Map.of(
                    "recoveryPoint",
                    step.recoveryPoint().id(),
                    "time",
                    BackupWorld.SAVED.toString())));
    step.apply(step.due());
    assertThat(step.look()).isEqualTo(new Due("tag", Map.of()));
  }

  @Test
  void takesTheNetworkOfThisRegionAndTheRestOfTheDatabaseThatWasSaved() {
    given();
    assertThat(step().settled().outputs())
        .containsEntry("instance", "orders-a1b2c3")
        .containsEntry("cluster", "")
        .containsEntry("recoveryPoint", BackupWorld.SAVED.toString());
    DBInstance restored = world.instance("orders-a1b2c3");
    assertThat(restored.dbSubnetGroup().dbSubnetGroupName()).isEqualTo("dr");
    assertThat(restored.vpcSecurityGroups().getFirst().vpcSecurityGroupId()).isEqualTo("sg-0dr");
    assertThat(restored.dbParameterGroups().getFirst().dbParameterGroupName()).isEqualTo("own");
    assertThat(restored.backupRetentionPeriod()).isEqualTo(14);
    assertThat(restored.dbInstanceClass()).isEqualTo("db.t3.micro");
    assertThat(restored.storageType()).isEqualTo("io1");
    assertThat(restored.iops()).isEqualTo(4000);
    assertThat(restored.endpoint().port()).isEqualTo(3307);
  }

  @Test
  void restoresTheRecoveryPointThatWasAgreedOn() {
    given();
    String agreed = step().recoveryPoint().id();
    instantly(() -> world.keep("nightly-2", BackupWorld.SAVED.plusSeconds(60)));
    assertThat(step().recoveryPoint().id()).isNotEqualTo(agreed);
    StepDriver pinned = step().at(new Point(agreed, null));
    pinned.settled();
    assertThat(world.jobs().getFirst().recoveryPointArn()).isEqualTo(agreed);
  }

  /** RDS gives what it restores the tags of its source. */
  @Test
  void doesNotBelieveTheTagsOfAnEarlierRunThatCameAlong() {
    given();
    instantly(() -> {
      world.tagSource("rekindle:application", "shop");
      world.tagSource("rekindle:run", "0dd0dd");
      world.tagSource("rekindle:step", "it");
      world.tagSource("rekindle:generation", "1");
      world.tagSource("rekindle:drill", "true");
      world.tagSource("owner", "orders-team");
      world.keep("nightly-2", BackupWorld.SAVED.plusSeconds(60));
    });
    step().settled();
    assertThat(Instances.tags(world.instance("orders-a1b2c3")))
        .containsEntry("rekindle:run", "a1b2c3")
        .containsEntry("owner", "orders-team")
        .doesNotContainKey("rekindle:drill");
    assertThat(changes())
        .containsExactly(
            "StartRestoreJob", "RemoveTagsFromResource", "AddTagsToResource", "ModifyDBInstance");
  }

  @Test
  void restartsTheInstanceWhenItsParametersWaitForThat() {
    given();
    StepDriver step = step();
    step.apply(step.due());
    step.apply((Due) step.look());
    step.apply((Due) step.look());
    pass(Duration.ofHours(1));
    instantly(() ->
        world
            .here()
            .modifyDBInstance(request ->
                request.dbInstanceIdentifier("orders-a1b2c3").dbParameterGroupName("own")));
    assertThat(((Due) step.look()).change()).isEqualTo("reboot");
    step.settled();
    assertThat(changes()).endsWith("RebootDBInstance");
  }

  @Test
  void replacesAnInstanceForWhichAwsFindsNoMachinesByTheNextClass() {
    given();
    endsAs("RestoreDBInstanceFromDBSnapshot", "insufficient-capacity");
    StepDriver step = step();
    step.apply(step.due());
    Due next = (Due) step.look();
    assertThat(next.change()).isEqualTo("restore");
    assertThat(next.before()).containsEntry("instanceClass", "db.t3.small");
    endsAs("RestoreDBInstanceFromDBSnapshot", "");
    step.applyPatiently(next);
    step.apply(next);
    step.settled();
    assertThat(world.instance("orders-a1b2c3").dbInstanceClass()).isEqualTo("db.t3.small");
    assertThat(changes())
        .startsWith("StartRestoreJob", "DeleteDBInstance", "StartRestoreJob", "AddTagsToResource");
  }

  @Test
  void undoWaitsForAJobThatCannotBeCancelled() {
    given();
    StepDriver step = step();
    step.apply(step.due());
    ApplicationFailure waiting = catchThrowableOfType(ApplicationFailure.class, step::undoOnce);
    assertThat(waiting.isNonRetryable()).isFalse();
    assertThat(waiting.getOriginalMessage()).matches("the restore job \\S+ is PENDING, .* done");
    step.undo();
    assertThat(world.has("orders-a1b2c3")).isFalse();
    assertThat(changes()).containsExactly("StartRestoreJob", "DeleteDBInstance");
  }

  @Test
  void aDrillMakesACopyOfItsOwnAndDeletesIt() {
    given();
    StepDriver drill = step().drill();
    assertThat(drill.settled().outputs()).containsEntry("instance", "drill-a1b2c3-orders");
    drill.undo();
    assertThat(world.has("drill-a1b2c3-orders")).isFalse();
    assertThat(world.here().describeDBSnapshots(it -> it.snapshotType("awsbackup")).dbSnapshots())
        .as("recovery points are nobody's to delete")
        .hasSize(1);
  }
}
