package io.rekindle.action.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.ActionCall.Point;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness.RecoveryPoint;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.data.Rds;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;

class RestoreInstanceTest extends ActionContract<Rds.RestoreInstance> {
  private final RdsWorld there = new RdsWorld(in(THERE, RdsClient::builder));
  private final RdsWorld here = new RdsWorld(in(HERE, RdsClient::builder));

  @Override
  protected ActionHandler<Rds.RestoreInstance> handler() {
    return new RestoreInstance();
  }

  @Override
  protected String with() {
    return """
    { snapshot: { latestCopyOf: 'orders' }, target: 'orders', class: ['db.t3.micro', 'db.t3.small'],
      subnetGroup: 'dr', securityGroups: 'sg-0dr', parameterGroup: 'orders-mysql8', backupRetention: 14 }
    """;
  }

  @Override
  protected void world() {
    there.instance("orders");
    copy("nightly-1");
    here.groups(subnet(), "dr", "orders-mysql8");
  }

  private String subnet() {
    return in(HERE, Ec2Client::builder).describeSubnets().subnets().getFirst().subnetId();
  }

  private void copy(String id) {
    copy("orders", id);
  }

  private void copy(String instance, String id) {
    String source = there.snapshot(instance, id).dbSnapshotArn();
    here.rds()
        .copyDBSnapshot(request ->
            request
                .sourceDBSnapshotIdentifier(source)
                .targetDBSnapshotIdentifier(id)
                .sourceRegion(THERE));
  }

  @Override
  protected void inTheWay() {
    here.instance("orders-a1b2c3");
  }

  /** Histories hold these words: what is in progress must stay readable. */
  @Test
  void recordsWhatWasAgreedOnAndTheFormerRetention() {
    given();
    StepDriver step = step();
    RecoveryPoint agreed = step.recoveryPoint();
    Due restore = step.due();
    assertThat(restore)
        .isEqualTo(
            new Due(
                "restore",
                Map.of("snapshot", agreed.id(), "recoveryPoint", agreed.time().toString())));
    step.apply(restore);
    assertThat(step.look()).isEqualTo(new Due("backups", Map.of("backupRetention", "1")));
  }

  @Test
  void takesNoneOfTheDefaultsThatAwsWouldTake() {
    given();
    step().settled();
    DBInstance restored = here.look("orders-a1b2c3");
    assertThat(restored.dbSubnetGroup().dbSubnetGroupName()).isEqualTo("dr");
    assertThat(restored.vpcSecurityGroups().getFirst().vpcSecurityGroupId()).isEqualTo("sg-0dr");
    assertThat(restored.dbParameterGroups().getFirst().dbParameterGroupName())
        .isEqualTo("orders-mysql8");
    assertThat(restored.backupRetentionPeriod()).isEqualTo(14);
  }

  /** What AWS would take by default is slower, and lets nobody in by IAM. */
  @Test
  void keepsStorageAndIamAuthenticationOfTheSnapshot() {
    given();
    instantly(() -> {
      there
          .rds()
          .createDBInstance(request ->
              request
                  .dbInstanceIdentifier("ledger")
                  .engine("mysql")
                  .dbInstanceClass("db.t3.micro")
                  .allocatedStorage(400)
                  .storageType("io1")
                  .iops(4000)
                  .enableIAMDatabaseAuthentication(true)
                  .masterUsername("admin")
                  .masterUserPassword("first-password"));
      copy("ledger", "ledger-1");
    });
    step(with().replace("latestCopyOf: 'orders'", "latestCopyOf: 'ledger'")).settled();
    DBInstance restored = here.look("orders-a1b2c3");
    assertThat(restored.storageType()).isEqualTo("io1");
    assertThat(restored.iops()).isEqualTo(4000);
    assertThat(restored.iamDatabaseAuthenticationEnabled()).isTrue();
  }

  private StepDriver protecting() {
    return step(with().replace("backupRetention", "deletionProtection: true, backupRetention"));
  }

  @Test
  void protectsFromDeletionAndUndoLiftsThat() {
    given();
    StepDriver step = protecting();
    step.settled();
    assertThat(here.look("orders-a1b2c3").deletionProtection()).isTrue();
    step.undo();
    assertThat(here.has("orders-a1b2c3")).isFalse();
  }

  @Test
  void undoLeavesAloneWhatSomebodyElseProtects() {
    given();
    StepDriver step = step();
    step.settled();
    instantly(() ->
        here.rds()
            .modifyDBInstance(request ->
                request.dbInstanceIdentifier("orders-a1b2c3").deletionProtection(true)));
    assertThat(catchThrowableOfType(ApplicationFailure.class, step::undo).getOriginalMessage())
        .endsWith(
            "the DB instance orders-a1b2c3 in us-west-2 is not deleted: somebody else protects it"
                + " from that");
    assertThat(here.has("orders-a1b2c3")).isTrue();
  }

  @Test
  void aDrillProtectsNothing() {
    given();
    StepDriver drill = protecting().drill();
    drill.settled();
    drill.undo();
    assertThat(here.has("drill-a1b2c3-orders")).isFalse();
  }

  private StepDriver whoseParametersWaitForARestart() {
    given();
    StepDriver step = step();
    step.apply(step.due());
    pass(Duration.ofHours(1));
    instantly(() ->
        here.rds()
            .modifyDBInstance(request ->
                request
                    .dbInstanceIdentifier("orders-a1b2c3")
                    .dbParameterGroupName("orders-mysql8")));
    step.apply(step.due());
    return step;
  }

  @Test
  void restartsTheInstanceWhenItsParametersWaitForThat() {
    StepDriver step = whoseParametersWaitForARestart();
    Due restart = (Due) step.look();
    assertThat(restart.change()).isEqualTo("reboot");
    step.applyAgain(restart);
    step.apply(restart);
    step.apply(restart);
    step.settled();
    assertThat(changes())
        .containsExactly(
            "RestoreDBInstanceFromDBSnapshot", "ModifyDBInstance", "RebootDBInstance");
  }

  @Test
  void asksWhenARestartDoesNotHelp() {
    StepDriver step = whoseParametersWaitForARestart();
    step.apply((Due) step.look());
    pass(Duration.ofHours(1));
    instantly(() ->
        here.rds()
            .modifyDBInstance(request ->
                request
                    .dbInstanceIdentifier("orders-a1b2c3")
                    .dbParameterGroupName("orders-mysql8")));
    assertThat(step.look())
        .isEqualTo(
            new Broken(
                "the parameter group orders-mysql8 of the DB instance orders-a1b2c3 in us-west-2 is"
                    + " 'pending-reboot' after a restart: look at the group, then retry"));
  }

  @Test
  void restoresTheNewestSnapshotAndSaysUpToWhenItHoldsData() {
    given();
    instantly(() -> copy("nightly-2"));
    Due due = step().due();
    assertThat(due.before().get("snapshot")).endsWith(":snapshot:nightly-2");
    Settled settled = step().settled();
    assertThat(settled.outputs().get("recoveryPoint")).isEqualTo(due.before().get("recoveryPoint"));
  }

  @Test
  void restoresWhatWasAgreedOn() {
    given();
    instantly(() -> copy("nightly-2"));
    String agreed = step().recoveryPoint().id().replace("nightly-2", "nightly-1");
    assertThat(step().at(new Point(agreed, null)).due().before()).containsEntry("snapshot", agreed);
  }

  /** In the account "222222222222", where a key of that number leads. */
  private String sharedByAnotherAccount() {
    RdsWorld other = new RdsWorld(inAccount("222222222222", HERE, RdsClient::builder));
    instantly(() -> {
      other.instance("orders");
      other.snapshot("orders", "theirs");
    });
    return other.snapshots().getFirst().dbSnapshotArn();
  }

  @Test
  void findsWhatAnotherAccountSharesByItsArn() {
    given();
    String arn = sharedByAnotherAccount();
    String with = with().replace("latestCopyOf: 'orders'", "arn: '" + arn + "'");
    assertThat(step(with).observe())
        .isEqualTo(
            new Broken(
                "the snapshot "
                    + arn
                    + " does not exist in us-west-2, or is not shared with this account: choose"
                    + " another (retry --set snapshot=…)"));
    inAccount("222222222222", HERE, RdsClient::builder)
        .modifyDBSnapshotAttribute(request ->
            request
                .dbSnapshotIdentifier("theirs")
                .attributeName("restore")
                .valuesToAdd("123456789012"));
    assertThat(step(with).due().before()).containsEntry("snapshot", arn);
    assertThat(step(with).recoveryPoint().id()).isEqualTo(arn);
  }

  @Test
  void restoresNothingLaterThanAsked() {
    given();
    Instant before = step().recoveryPoint().time();
    instantly(() -> copy("nightly-2"));
    assertThat(step().at(new Point(null, before)).due().before().get("snapshot"))
        .endsWith(":snapshot:nightly-1");
    assertThat(step().at(new Point(null, before.minusSeconds(1))).observe())
        .isInstanceOfSatisfying(
            Broken.class,
            broken ->
                assertThat(broken.why())
                    .contains(
                        "holds nothing later than",
                        "; copy one, or choose one (retry --set snapshot=…)"));
  }

  @Test
  void saysWhenTheSnapshotIsTooOld() {
    given();
    String strict =
        with().replace("latestCopyOf: 'orders'", "latestCopyOf: 'orders', maxAge: '1h'");
    assertThat(step(strict).after(Duration.ofMinutes(50)).observe()).isInstanceOf(Due.class);
    assertThat(step(strict).after(Duration.ofMinutes(61)).observe())
        .isInstanceOfSatisfying(
            Broken.class,
            broken ->
                assertThat(broken.why())
                    .contains("nightly-1")
                    .endsWith("older than 1h; to use it: retry --set snapshot=…"));
  }

  @Test
  void saysWhenThereIsNoSnapshot() {
    given();
    assertThat(step(with().replace("latestCopyOf: 'orders'", "latestCopyOf: 'billing'")).observe())
        .isInstanceOfSatisfying(
            Broken.class,
            broken ->
                assertThat(broken.why())
                    .isEqualTo(
                        "no usable snapshot of 'billing' in us-west-2; copy one, or choose one"
                            + " (retry --set snapshot=…)"));
  }

  @Test
  void anInstanceServesWhileItsBlocksAreStillBeingLoaded() {
    given();
    endsAs("RestoreDBInstanceFromDBSnapshot", "storage-initialization");
    assertThat(step().settled().outputs()).containsEntry("instance", "orders-a1b2c3");
  }

  @Test
  void waitsForAStatusThatItDoesNotKnowAndNamesIt() {
    given();
    endsAs("RestoreDBInstanceFromDBSnapshot", "storage-blessing");
    StepDriver step = step();
    step.apply(step.due());
    pass(Duration.ofHours(1));
    ApplicationFailure wait = catchThrowableOfType(ApplicationFailure.class, step::observe);
    assertThat(wait.isNonRetryable()).isFalse();
    assertThat(wait.getOriginalMessage())
        .isEqualTo(
            "the DB instance orders-a1b2c3 is 'storage-blessing', which Rekindle does not know, and"
                + " waits for");
  }

  @Test
  void triesTheNextClassWhenThereAreNoMachinesOfTheFirst() {
    given();
    StepDriver step = step();
    Due due = step.due();
    refuseOnce("RestoreDBInstanceFromDBSnapshot", "InsufficientDBInstanceCapacity");
    step.apply(due);
    assertThat(here.look("orders-a1b2c3").dbInstanceClass()).isEqualTo("db.t3.small");
  }

  private StepDriver whereAwsFindsNoMachinesAfterAll() {
    given();
    endsAs("RestoreDBInstanceFromDBSnapshot", "insufficient-capacity");
    StepDriver step = step();
    step.apply(step.due());
    return step;
  }

  @Test
  void replacesItsOwnInstanceByTheNextClassWhenAwsFindsNoMachinesLater() {
    StepDriver step = whereAwsFindsNoMachinesAfterAll();
    Due next = (Due) step.look();
    assertThat(next.change()).isEqualTo("restore");
    assertThat(next.before()).containsEntry("instanceClass", "db.t3.small");
    endsAs("RestoreDBInstanceFromDBSnapshot", "");
    step.applyPatiently(next);
    step.apply(next);
    assertThat(step.settled().outputs()).containsEntry("instance", "orders-a1b2c3");
    assertThat(here.look("orders-a1b2c3").dbInstanceClass()).isEqualTo("db.t3.small");
    assertThat(changes())
        .containsExactly(
            "RestoreDBInstanceFromDBSnapshot",
            "DeleteDBInstance",
            "RestoreDBInstanceFromDBSnapshot",
            "ModifyDBInstance");
  }

  @Test
  void aLateAttemptWithTheFirstClassRemovesNothing() {
    StepDriver step = whereAwsFindsNoMachinesAfterAll();
    Due next = (Due) step.look();
    Map<String, String> first = new HashMap<>(next.before());
    first.remove("instanceClass");
    step.applyPatiently(next);
    assertThat(step.look()).isInstanceOf(Broken.class);
    List<String> before = changes();
    step.apply(new Due("restore", first));
    step.apply(next);
    assertThat(changes()).isEqualTo(before);
  }

  @Test
  void asksWhenAwsFindsNoMachinesOfAnyClass() {
    StepDriver step = whereAwsFindsNoMachinesAfterAll();
    assertThat(step.reconcile())
        .isEqualTo(
            new Broken(
                "the DB instance orders-a1b2c3 in us-west-2 is 'insufficient-capacity': AWS has no"
                    + " capacity for this class in these Availability Zones. Fix it and retry, or"
                    + " start over (retry --anew)"));
    assertThat(here.look("orders-a1b2c3").dbInstanceClass()).isEqualTo("db.t3.small");
  }

  @Test
  void asksWhenThereAreNoMachinesAtAll() {
    given();
    StepDriver step = step();
    Due due = step.due();
    refuse("RestoreDBInstanceFromDBSnapshot", "InsufficientDBInstanceCapacity");
    ApplicationFailure failure =
        catchThrowableOfType(ApplicationFailure.class, () -> step.apply(due));
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getOriginalMessage())
        .contains("orders-a1b2c3", "InsufficientDBInstanceCapacity", "retry --set");
  }

  @Test
  void aDrillMakesACopyOfItsOwnAndDeletesIt() {
    given();
    StepDriver drill = step().drill();
    assertThat(drill.settled().outputs()).containsEntry("instance", "drill-a1b2c3-orders");
    assertThat(here.has("drill-a1b2c3-orders")).isTrue();
    drill.undo();
    assertThat(here.has("drill-a1b2c3-orders")).isFalse();
  }

  @Test
  void aLongNameIsCutAndStillPermitted() {
    given();
    String target = "orders-of-the-customers-of-the-very-big-company-in-the-north";
    StepDriver step = step(with().replace("target: 'orders'", "target: '" + target + "'"));
    assertThat(step.settled().outputs().get("instance")).hasSizeLessThanOrEqualTo(63);
    assertThat(declaredFor("rds:RestoreDBInstanceFromDBSnapshot"))
        .anyMatch(arn -> matches(arn, step.settled().outputs().getOrDefault("arn", "")));
  }

  private static boolean matches(String pattern, String arn) {
    return arn.matches(pattern.replace("*", ".*"));
  }

  private StepDriver adopting() {
    return step().adopting();
  }

  private void givenLeftBy(String... runs) {
    given();
    for (String run : runs) {
      step().run(run).settled();
    }
  }

  @Test
  void adoptsWhatAnEarlierRunLeftOnlyWhenTold() {
    givenLeftBy("0dd0dd");
    assertThat(step().due().change()).isEqualTo("restore");
    assertThat(adopting().settled().outputs()).containsEntry("instance", "orders-0dd0dd");
  }

  @Test
  void recordsWhatItAdoptsByItsNameBeforeAnythingElseHappens() {
    givenLeftBy("0dd0dd", "1dd1dd");
    assertThat(adopting().due()).isEqualTo(new Due("adopt", Map.of("adopted", "orders-1dd1dd")));
  }

  @Test
  void undoAfterAdoptTouchesWhatWasAdoptedAndNothingElse() {
    givenLeftBy("0dd0dd", "1dd1dd", "2dd2dd");
    StepDriver step = adopting();
    step.settled();
    step.undo();
    step.undo();
    assertThat(here.has("orders-2dd2dd")).isFalse();
    assertThat(here.has("orders-1dd1dd")).isTrue();
    assertThat(here.has("orders-0dd0dd")).isTrue();
  }

  @Test
  void asksWhenTheAdoptedOneHasGone() {
    givenLeftBy("0dd0dd", "1dd1dd");
    StepDriver step = adopting();
    step.settled();
    instantly(() ->
        here.rds()
            .deleteDBInstance(
                request -> request.dbInstanceIdentifier("orders-1dd1dd").skipFinalSnapshot(true)));
    assertThat(step.look())
        .isEqualTo(
            new Broken(
                "the DB instance orders-1dd1dd in us-west-2, which this step took over, is gone:"
                    + " start over (retry --anew)"));
  }

  @Test
  void adoptsOnlyWhatCameFromTheAgreedPoint() {
    givenLeftBy("0dd0dd");
    String agreed = step().recoveryPoint().id();
    instantly(() -> copy("nightly-2"));
    step().run("1dd1dd").settled();
    assertThat(adopting().at(new Point(agreed, null)).settled().outputs())
        .containsEntry("instance", "orders-0dd0dd");
  }

  @Test
  void asksWhenNothingThatIsLeftCameFromTheAgreedPoint() {
    givenLeftBy("0dd0dd");
    instantly(() -> copy("nightly-2"));
    assertThat(adopting().observe())
        .isEqualTo(
            new Broken(
                "the DB instance orders-0dd0dd in us-west-2, which an earlier run left, holds the"
                    + " snapshot arn:aws:rds:us-west-2:123456789012:snapshot:nightly-1, not the"
                    + " agreed arn:aws:rds:us-west-2:123456789012:snapshot:nightly-2: adopt with"
                    + " that one (retry --adopt --set snapshot=…), or start over (retry"
                    + " --anew)"));
  }
}
