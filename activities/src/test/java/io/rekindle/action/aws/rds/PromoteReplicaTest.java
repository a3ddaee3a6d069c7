package io.rekindle.action.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.SimulatedAws;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.data.RdsReplicas;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.InvalidDbInstanceStateException;

class PromoteReplicaTest extends ActionContract<RdsReplicas.PromoteReplica> {
  /** What CloudWatch shows, in seconds; nothing of its own while it is absent. */
  private static final AtomicReference<OptionalDouble> LAG =
      new AtomicReference<>(OptionalDouble.empty());

  private final RdsWorld here = new RdsWorld(in(HERE, RdsClient::builder));
  private final RdsWorld there = new RdsWorld(in(THERE, RdsClient::builder));

  @BeforeAll
  static void showsLag() {
    SimulatedAws.aws()
        .metrics()
        .show(metric -> metric.name().equals("ReplicaLag") ? LAG.get() : OptionalDouble.empty());
  }

  @AfterEach
  void showsNoneOfItsOwn() {
    LAG.set(OptionalDouble.empty());
  }

  @Override
  protected ActionHandler<RdsReplicas.PromoteReplica> handler() {
    return new PromoteReplica();
  }

  @Override
  protected String with() {
    return "{ replica: 'orders-replica', backupRetention: 14 }";
  }

  @Override
  protected void world() {
    there.postgres("orders", false);
    here.rds()
        .createDBInstanceReadReplica(it ->
            it.dbInstanceIdentifier("orders-replica")
                .sourceDBInstanceIdentifier("arn:aws:rds:us-east-2:123456789012:db:orders")
                .sourceRegion(THERE));
  }

  private StepDriver bounded() {
    return step("{ replica: 'orders-replica', maxLag: '30s' }").planned();
  }

  @Test
  void endsAsAnInstanceOfItsOwnAtTheSameEndpointWithBackups() {
    given();
    String endpoint = here.look("orders-replica").endpoint().address();
    Settled settled = step().settled();
    DBInstance promoted = here.look("orders-replica");
    assertThat(settled.outputs())
        .containsEntry("instance", "orders-replica")
        .containsEntry("endpoint", endpoint)
        .containsEntry("arn", promoted.dbInstanceArn());
    assertThat(promoted.readReplicaSourceDBInstanceIdentifier()).isNull();
    assertThat(promoted.backupRetentionPeriod()).isEqualTo(14);
    assertThat(there.look("orders").readReplicaDBInstanceIdentifiers()).isEmpty();
  }

  @Test
  void saysUpToWhenItHoldsData() {
    given();
    LAG.set(OptionalDouble.of(90));
    Instant recovered =
        Instant.parse(String.valueOf(step().settled().outputs().get("recoveryPoint")));
    assertThat(Duration.between(recovered, Instant.now()))
        .isBetween(Duration.ofSeconds(90), Duration.ofMinutes(5));
  }

  /** Its words are the same before and after. */
  @Test
  void isPromotedOnlyWhenItShowsNoSource() {
    given();
    lasts("PromoteReadReplica", Duration.ofHours(1));
    StepDriver step = step();
    step.apply(step.due());
    assertWaits(step, "is 'modifying'");
    pass(Duration.ofMinutes(30));
    assertWaits(step, "is 'rebooting'");
    pass(Duration.ofMinutes(15));
    assertWaits(step, "is 'backing-up'");
    pass(Duration.ofMinutes(15));
    assertThat(step.observe()).isInstanceOf(Settled.class);
  }

  private static void assertWaits(StepDriver step, String said) {
    ApplicationFailure waiting = catchThrowableOfType(ApplicationFailure.class, step::observe);
    assertThat(waiting.isNonRetryable()).isFalse();
    assertThat(waiting.getOriginalMessage()).contains(said);
  }

  @Test
  void waitsForTheLagWhereNothingMayBeLost() {
    given();
    LAG.set(OptionalDouble.of(42));
    assertWaits(bounded(), "lagged 42s");
    assertWaits(bounded(), "waiting for less than 30s");
    LAG.set(OptionalDouble.of(29));
    assertThat(bounded().observe()).isInstanceOf(Due.class);
  }

  /** MySQL reports it where replication does not run. */
  @Test
  void aLagOfMinusOneIsNone() {
    given();
    LAG.set(OptionalDouble.of(-1));
    assertWaits(bounded(), "CloudWatch shows no lag");
  }

  @Test
  void waitsForNoLagInAnOutageAndWithoutABound() {
    given();
    LAG.set(OptionalDouble.of(7200));
    assertThat(step("{ replica: 'orders-replica', maxLag: '30s' }").observe())
        .isInstanceOf(Due.class);
    assertThat(step().planned().observe()).isInstanceOf(Due.class);
  }

  @Test
  void aReplicaThatIsBusyIsWaitedFor() {
    given();
    StepDriver step = step();
    Due due = step.due();
    here.rds().rebootDBInstance(it -> it.dbInstanceIdentifier("orders-replica"));
    assertWaits(step, "is 'rebooting'");
    step.applyPatiently(due);
    assertThat(step.settled().outputs()).containsEntry("instance", "orders-replica");
  }

  /** AWS refuses it, and it would do no harm. */
  @Test
  void aWrongRetryPromotesNothingTwice() {
    given();
    StepDriver step = step();
    Due due = step.due();
    loseAnswers(due);
    assertThatThrownBy(() -> step.apply(due)).isInstanceOf(ApplicationFailure.class);
    mend();
    step.applyAgain(due);
    step.settled();
    assertThat(changes()).containsOnlyOnce("PromoteReadReplica");
    assertThatThrownBy(
            () -> here.rds().promoteReadReplica(it -> it.dbInstanceIdentifier("orders-replica")))
        .isInstanceOf(InvalidDbInstanceStateException.class);
  }

  @Test
  void worksWhileTheRegionOfTheSourceIsDark() {
    given();
    SimulatedAws.aws().faults().dark(THERE);
    assertThat(step().settled().outputs()).containsEntry("instance", "orders-replica");
  }

  @Test
  void whatDoesNotExistIsSaid() {
    assertThat(step().observe())
        .isEqualTo(new Broken("the DB instance orders-replica in us-west-2 does not exist"));
    assertThat(step().check().ready()).isFalse();
  }

  @Test
  void saysBeforehandWhomItFollowsAndHowFarBehind() {
    given();
    LAG.set(OptionalDouble.of(3));
    assertThat(step().check().evidence())
        .startsWith(
            "the DB instance orders-replica in us-west-2 is 'available', follows"
                + " arn:aws:rds:us-east-2:123456789012:db:orders and lagged 3s at ");
    instantly(() -> here.instance("lonely"));
    assertThat(step("{ replica: 'lonely' }").check().ready()).isFalse();
    assertThat(step("{ replica: 'lonely' }").check().evidence())
        .isEqualTo("the DB instance lonely in us-west-2 is no read replica");
  }

  @Test
  void cannotBeUndone() {
    given();
    StepDriver step = step();
    step.settled();
    ApplicationFailure refused =
        catchThrowableOfType(ApplicationFailure.class, () -> step.undoOnce());
    assertThat(refused.isNonRetryable()).isTrue();
    assertThat(refused.getOriginalMessage()).contains("make a new one");
  }
}
