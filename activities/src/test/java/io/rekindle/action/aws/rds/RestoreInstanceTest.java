package io.rekindle.action.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.ActionCall.Point;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness.RecoveryPoint;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.data.Rds;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;

class RestoreInstanceTest extends ActionContract<Rds.RestoreInstance> {
  private final RestoreWorld world =
      new RestoreWorld(
          new RdsWorld(in(THERE, RdsClient::builder)),
          new RdsWorld(in(HERE, RdsClient::builder)),
          in(HERE, Ec2Client::builder));
  private final RdsWorld here = world.here();

  @Override
  protected ActionHandler<Rds.RestoreInstance> handler() {
    return new RestoreInstance();
  }

  @Override
  protected String with() {
    return RestoreWorld.WITH;
  }

  @Override
  protected void world() {
    world.plant();
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
        .containsExactly("RestoreDBInstanceFromDBSnapshot", "ModifyDBInstance", "RebootDBInstance");
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
    instantly(() -> world.copy("nightly-2"));
    Due due = step().due();
    assertThat(due.before().get("snapshot")).endsWith(":snapshot:nightly-2");
    Settled settled = step().settled();
    assertThat(settled.outputs().get("recoveryPoint")).isEqualTo(due.before().get("recoveryPoint"));
  }

  @Test
  void restoresWhatWasAgreedOn() {
    given();
    instantly(() -> world.copy("nightly-2"));
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
    assertThat(declaredFor("rds:RestoreDBInstanceFromDBSnapshot")).contains(arn);
  }

  @Test
  void restoresNothingLaterThanAsked() {
    given();
    Instant before = step().recoveryPoint().time();
    instantly(() -> world.copy("nightly-2"));
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
    String target = "orders-of-the-customers-of-the-very-big-company-in-the-n";
    StepDriver step = step(with().replace("target: 'orders'", "target: '" + target + "'")).drill();
    assertThat(step.settled().outputs().get("instance")).hasSizeLessThanOrEqualTo(63);
    assertThat(declaredFor("rds:RestoreDBInstanceFromDBSnapshot"))
        .anyMatch(arn -> matches(arn, step.settled().outputs().getOrDefault("arn", "")));
  }

  private static boolean matches(String pattern, String arn) {
    return arn.matches(pattern.replace("*", ".*"));
  }
}
