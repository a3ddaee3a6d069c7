package io.rekindle.action.aws.rds.aurora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.ActionCall.Point;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Foreign;
import io.rekindle.action.Readiness.RecoveryPoint;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.action.aws.rds.Instances;
import io.rekindle.plan.step.data.Aurora;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterMember;
import software.amazon.awssdk.services.rds.model.Tag;

class RestoreClusterTest extends ActionContract<Aurora.RestoreCluster> {
  private static final String SNAPSHOT =
      "arn:aws:rds:us-west-2:123456789012:cluster-snapshot:nightly-1";
  private final AuroraWorld there = new AuroraWorld(in(THERE, RdsClient::builder));
  private final AuroraWorld here = new AuroraWorld(in(HERE, RdsClient::builder));
  private String key = "";

  @Override
  protected ActionHandler<Aurora.RestoreCluster> handler() {
    return new RestoreCluster();
  }

  @Override
  protected String with() {
    return """
    { snapshot: { latestCopyOf: 'ledger' }, target: 'ledger', class: ['db.serverless', 'db.r6g.large'],
      capacity: { min: 2, max: 8 }, subnetGroup: 'dr', securityGroups: 'sg-0dr',
      clusterParameterGroup: 'own-cluster', parameterGroup: 'own' }
    """;
  }

  @Override
  protected void world() {
    key = in(HERE, KmsClient::builder).createKey().keyMetadata().arn();
    there.cluster("ledger");
    copy("nightly-1");
    here.surroundings(in(HERE, Ec2Client::builder));
  }

  private void copy(String id, Tag... tags) {
    here.copyFrom(there.snapshot("ledger", id), id, key, tags);
  }

  @Override
  protected void inTheWay() {
    here.cluster("ledger-a1b2c3");
  }

  private StepDriver with(String more) {
    return step(with().replace("capacity:", more + ", capacity:"));
  }

  private static Due until(StepDriver step, String change) {
    Due due = (Due) step.look();
    while (!due.change().equals(change)) {
      step.apply(due);
      due = (Due) step.look();
    }
    return due;
  }

  /** Histories hold these words: what is in progress must stay readable. */
  @Test
  void recordsWhatWasAgreedOnAndTheFormerRetention() {
    given();
    StepDriver step = step();
    RecoveryPoint agreed = step.recoveryPoint();
    assertThat(step.due())
        .isEqualTo(
            new Due(
                "restore",
                Map.of("snapshot", SNAPSHOT, "recoveryPoint", agreed.time().toString())));
    assertThat(until(step, "backups"))
        .isEqualTo(new Due("backups", Map.of("backupRetention", "3")));
    assertThat(until(step, "instances")).isEqualTo(new Due("instances", Map.of()));
  }

  @Test
  void takesNoneOfTheDefaultsThatAwsWouldTake() {
    given();
    Map<String, String> outputs = step().settled().outputs();
    DBCluster restored = here.look("ledger-a1b2c3");
    assertThat(outputs)
        .containsEntry("cluster", "ledger-a1b2c3")
        .containsEntry("endpoint", restored.endpoint())
        .containsEntry("readerEndpoint", restored.readerEndpoint());
    assertThat(restored.engineVersion()).isEqualTo("16.4");
    assertThat(restored.dbSubnetGroup()).isEqualTo("dr");
    assertThat(restored.vpcSecurityGroups().getFirst().vpcSecurityGroupId()).isEqualTo("sg-0dr");
    assertThat(restored.dbClusterParameterGroup()).isEqualTo("own-cluster");
    assertThat(restored.backupRetentionPeriod()).isEqualTo(7);
    assertThat(restored.serverlessV2ScalingConfiguration().minCapacity()).isEqualTo(2.0);
    assertThat(restored.serverlessV2ScalingConfiguration().maxCapacity()).isEqualTo(8.0);
    assertThat(restored.kmsKeyId()).isEqualTo(key);
    assertThat(here.member("ledger-a1b2c3-1").dbParameterGroups().getFirst().dbParameterGroupName())
        .isEqualTo("own");
  }

  @Test
  void takesTheVersionThatTheStepNames() {
    given();
    with("engineVersion: '16.6'").settled();
    assertThat(here.look("ledger-a1b2c3").engineVersion()).isEqualTo("16.6");
  }

  /** A cluster that is available and has no instance accepts no connection. */
  @Test
  void addsAsManyInstancesAsWantedAndTheFirstIsTheWriter() {
    given();
    with("instances: 3").settled();
    assertThat(here.look("ledger-a1b2c3").dbClusterMembers())
        .filteredOn(DBClusterMember::isClusterWriter)
        .extracting(DBClusterMember::dbInstanceIdentifier)
        .containsExactly("ledger-a1b2c3-1");
    assertThat(changes())
        .containsExactly(
            "RestoreDBClusterFromSnapshot",
            "ModifyDBCluster",
            "CreateDBInstance",
            "CreateDBInstance",
            "CreateDBInstance");
  }

  @Test
  void continuesWithAClusterThatACrashLeftWithoutItsInstances() {
    given();
    StepDriver step = with("instances: 2");
    until(step, "instances");
    step.forgetting().settled();
    assertThat(changes())
        .containsExactly(
            "RestoreDBClusterFromSnapshot",
            "ModifyDBCluster",
            "CreateDBInstance",
            "CreateDBInstance");
  }

  @Test
  void triesTheNextClassWhenAwsRefusesOneForLackOfMachines() {
    given();
    StepDriver step = step();
    Due adding = until(step, "instances");
    refuseOnce("CreateDBInstance", "InsufficientDBInstanceCapacity");
    step.apply(adding);
    step.settled();
    assertThat(here.member("ledger-a1b2c3-1").dbInstanceClass()).isEqualTo("db.r6g.large");
  }

  @Test
  void replacesAnInstanceForWhichAwsFindsNoMachinesByTheNextClass() {
    given();
    StepDriver step = step();
    endsAs("CreateDBInstance", "insufficient-capacity");
    step.apply(until(step, "instances"));
    Due next = (Due) step.look();
    assertThat(next).isEqualTo(new Due("instances", Map.of("instanceClass", "db.r6g.large")));
    endsAs("CreateDBInstance", "");
    step.applyPatiently(next);
    step.settled();
    assertThat(here.member("ledger-a1b2c3-1").dbInstanceClass()).isEqualTo("db.r6g.large");
    assertThat(changes()).endsWith("CreateDBInstance", "DeleteDBInstance", "CreateDBInstance");
  }

  @Test
  void restartsAnInstanceWhoseParametersWaitForThat() {
    given();
    StepDriver step = step();
    step.settled();
    instantly(() ->
        here.rds()
            .modifyDBInstance(request ->
                request.dbInstanceIdentifier("ledger-a1b2c3-1").dbParameterGroupName("own")));
    step.settled();
    assertThat(changes()).endsWith("RebootDBInstance");
  }

  @Test
  void restoresTheNewestSnapshotAndSaysUpToWhenItHoldsData() {
    given();
    instantly(() -> copy("nightly-2"));
    Due due = step().due();
    assertThat(due.before().get("snapshot")).endsWith(":nightly-2");
    assertThat(step().settled().outputs())
        .containsEntry("recoveryPoint", due.before().get("recoveryPoint"));
  }

  /** Of a copy AWS tells one time only, which may be that of the copying. */
  @Test
  void believesTheTimeThatRekindleNotedOnACopy() {
    given();
    String time = "2026-01-30T03:00:00Z";
    instantly(() -> copy("old", AuroraWorld.tag("rekindle:recoveryPoint", time)));
    Point pinned = new Point(SNAPSHOT.replace("nightly-1", "old"), null);
    assertThat(step().at(pinned).recoveryPoint().time()).isEqualTo(Instant.parse(time));
    assertThat(step().due().before()).containsEntry("snapshot", SNAPSHOT);
  }

  @Test
  void restoresNothingLaterThanAskedAndNothingTooOld() {
    given();
    Instant newest = step().recoveryPoint().time();
    assertThat(step().at(new Point(null, newest.minusSeconds(1))).observe())
        .isInstanceOfSatisfying(
            Broken.class,
            broken ->
                assertThat(broken.why())
                    .startsWith("no usable snapshot of 'ledger' in us-west-2 that holds nothing"));
    StepDriver strict = step(with().replace("'ledger' }", "'ledger', maxAge: '1h' }"));
    assertThat(strict.after(Duration.ofMinutes(61)).observe())
        .isInstanceOfSatisfying(
            Broken.class, broken -> assertThat(broken.why()).contains("older than 1h"));
  }

  @Test
  void asksWhenTheSnapshotIsInAnotherRegion() {
    given();
    String source = SNAPSHOT.replace(HERE, THERE);
    assertThat(step().at(new Point(source, null)).observe())
        .isEqualTo(
            new Broken(
                "the snapshot " + source + " is not in us-west-2: copy it there, then retry"));
  }

  @Test
  void asksWhenTheRestoredClusterFails() {
    given();
    StepDriver step = step();
    endsAs("RestoreDBClusterFromSnapshot", "inaccessible-encryption-credentials");
    step.apply(step.due());
    assertThat(step.look())
        .isEqualTo(
            new Broken(
                "the DB cluster ledger-a1b2c3 in us-west-2 is"
                    + " 'inaccessible-encryption-credentials': the KMS key is disabled, deleted or"
                    + " not permitted. Fix it and retry, or start over (retry --anew)"));
  }

  @Test
  void saysWhatIsMissingBeforehand() {
    given();
    StepDriver step =
        step(with().replace("'own-cluster'", "'no-cluster'").replace("'own'", "'none'"));
    assertThat(step.check().ready()).isFalse();
    assertThat(step.check().evidence())
        .isEqualTo(
            "the parameter group none does not exist in us-west-2; the cluster parameter group"
                + " no-cluster does not exist in us-west-2");
  }

  @Test
  void theTagsOfAnEarlierRunOnTheSnapshotAreNotThoseOfTheCluster() {
    given();
    instantly(() -> copy("of-0dd0dd", AuroraWorld.tag("rekindle:run", "0dd0dd")));
    step().settled();
    assertThat(Instances.tags(here.look("ledger-a1b2c3").tagList()))
        .containsEntry("rekindle:run", "a1b2c3");
  }

  @Test
  void asksWhenSomebodyElsesInstanceHasTheNameOfOneOfItsOwn() {
    given();
    StepDriver step = step();
    until(step, "instances");
    instantly(() -> here.instance("ledger-a1b2c3", "ledger-a1b2c3-1"));
    assertThat(step.look()).isInstanceOf(Foreign.class);
  }

  @Test
  void protectsTheClusterAndLiftsItsOwnProtectionWhenItIsUndone() {
    given();
    StepDriver step = with("deletionProtection: true");
    step.settled();
    assertThat(here.look("ledger-a1b2c3").deletionProtection()).isTrue();
    step.undo();
    assertThat(here.find("ledger-a1b2c3")).isEmpty();
    assertThat(changes()).endsWith("ModifyDBCluster", "DeleteDBInstance", "DeleteDBCluster");
  }

  @Test
  void undoRefusesWhatSomebodyElseProtects() {
    given();
    StepDriver step = step();
    step.settled();
    instantly(() ->
        here.rds()
            .modifyDBCluster(
                request -> request.dbClusterIdentifier("ledger-a1b2c3").deletionProtection(true)));
    assertThat(catchThrowableOfType(ApplicationFailure.class, step::undoOnce).getOriginalMessage())
        .endsWith("is not deleted: somebody else protects it from that");
  }

  @Test
  void whatMayHaveServedIsKeptAndNamed() {
    given();
    StepDriver step = step();
    step.settled();
    assertThat(step.served().undo())
        .isEqualTo(
            "the DB cluster arn:aws:rds:us-west-2:123456789012:cluster:ledger-a1b2c3 is kept,"
                + " because it may have served");
    assertThat(here.find("ledger-a1b2c3")).isPresent();
  }

  @Test
  void adoptsWhatAnEarlierRunLeftFromTheAgreedSnapshot() {
    given();
    step().run("0dd0dd").settled();
    assertThat(step().due().change()).isEqualTo("restore");
    StepDriver adopting = step().adopting();
    assertThat(adopting.due()).isEqualTo(new Due("adopt", Map.of("adopted", "ledger-0dd0dd")));
    assertThat(adopting.settled().outputs()).containsEntry("cluster", "ledger-0dd0dd");
  }

  @Test
  void aDrillTakesItsInstancesAwayBeforeTheClusterAndLeavesNoBackups() {
    given();
    StepDriver drill = with("deletionProtection: true").drill();
    assertThat(drill.settled().outputs()).containsEntry("cluster", "drill-a1b2c3-ledger");
    drill.undo();
    assertThat(here.hasMember("drill-a1b2c3-ledger-1")).isFalse();
    assertThat(here.find("drill-a1b2c3-ledger")).isEmpty();
    assertThat(changes()).endsWith("DeleteDBInstance", "DeleteDBCluster");
  }
}
