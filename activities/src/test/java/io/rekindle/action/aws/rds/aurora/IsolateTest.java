package io.rekindle.action.aws.rds.aurora;

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
import io.rekindle.plan.step.data.Aurora;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;

class IsolateTest extends ActionContract<Aurora.Isolate> {
  private final AuroraWorld here = new AuroraWorld(in(HERE, RdsClient::builder));

  @Override
  protected ActionHandler<Aurora.Isolate> handler() {
    return new Isolate();
  }

  @Override
  protected String with() {
    return "{ cluster: 'ledger', securityGroups: ['sg-0verifier'] }";
  }

  @Override
  protected void world() {
    here.cluster("ledger");
    here.instance("ledger", "ledger-a");
  }

  /** As many as CloudWatch shows; nothing of its own while negative. */
  private static final AtomicInteger CONNECTED = new AtomicInteger(-1);

  @BeforeAll
  static void showConnections() {
    SimulatedAws.aws()
        .metrics()
        .show(metric ->
            metric.of("AWS/RDS", "DatabaseConnections", "DBInstanceIdentifier").isPresent()
                    && CONNECTED.get() >= 0
                ? OptionalDouble.of(CONNECTED.get())
                : OptionalDouble.empty());
  }

  @AfterEach
  void forgetConnections() {
    CONNECTED.set(-1);
  }

  @Override
  protected Set<String> sentOnce() {
    return Set.of("RebootDBInstance");
  }

  private StepDriver closed() {
    given();
    StepDriver step = step();
    step.apply(step.due());
    return step;
  }

  private static ApplicationFailure wait(StepDriver step) {
    pass(Duration.ofMinutes(30));
    ApplicationFailure wait = catchThrowableOfType(ApplicationFailure.class, step::observe);
    assertThat(wait.isNonRetryable()).isFalse();
    return wait;
  }

  /** Security groups track connections: those that are open stay so. */
  @Test
  void restartsEveryInstanceOnceItsGroupsAreActive() {
    given();
    instantly(() -> here.instance("ledger", "ledger-b"));
    StepDriver step = step();
    step.apply(step.due());
    Due restart = (Due) step.look();
    assertThat(restart.change()).isEqualTo("disconnect");
    assertThat(restart.before()).containsOnlyKeys("asked");
    step.apply(restart);
    assertThat(step.look()).isInstanceOf(Settled.class);
    assertThat(changes())
        .containsExactly("ModifyDBCluster", "RebootDBInstance", "RebootDBInstance");
  }

  @Test
  void isNoFenceWhileSomebodyIsConnected() {
    StepDriver step = closed();
    step.apply((Due) step.look());
    CONNECTED.set(2);
    assertThat(wait(step).getOriginalMessage())
        .isEqualTo(
            "the DB instance ledger-a was restarted; 2 still connect: stop the verifier, or an RDS"
                + " Proxy that the security groups admit");
    CONNECTED.set(0);
    assertThat(step.observe()).isInstanceOf(Settled.class);
  }

  @Test
  void onlyAFirstAttemptSendsTheRestart() {
    StepDriver step = closed();
    Due restart = (Due) step.look();
    step.applyAgain(restart);
    assertThat(changes()).containsExactly("ModifyDBCluster");
  }

  @Test
  void isDueAgainWhenNothingShowsThatItHappened() {
    StepDriver step = closed();
    Due restart = (Due) step.look();
    refuseOnce("RebootDBInstance", "InternalFailure");
    assertThatThrownBy(() -> step.apply(restart)).isInstanceOf(ApplicationFailure.class);
    step.applyAgain(restart);
    assertThat(((Due) step.look()).change()).isEqualTo("disconnect");
    step.settled();
    assertThat(changes()).containsExactly("ModifyDBCluster", "RebootDBInstance");
  }

  @Test
  void aRestartIsWaitedForAsLongAsAwsMayHideIt() {
    given();
    StepDriver step = unhurried();
    step.apply(step.due());
    pass(Duration.ofMinutes(30));
    Due restart = step.due();
    refuseOnce("RebootDBInstance", "InternalFailure");
    assertThatThrownBy(() -> step.apply(restart)).isInstanceOf(ApplicationFailure.class);
    assertThat(wait(step).getOriginalMessage())
        .isEqualTo("the DB instance ledger-a is 'available'; its restart was asked for");
  }

  @Test
  void aClusterWithoutInstancesNeedsNoRestart() {
    instantly(() -> here.cluster("ledger"));
    step().settled();
    assertThat(changes()).containsExactly("ModifyDBCluster");
  }

  /** Histories hold these words: what is in progress must stay readable. */
  @Test
  void recordsTheFormerGroups() {
    given();
    assertThat(step().due()).isEqualTo(new Due("isolate", Map.of("securityGroups", "sg-0old")));
  }

  @Test
  void saysWhichGroupsItHad() {
    given();
    assertThat(step().settled().outputs()).containsEntry("formerSecurityGroups", "sg-0old");
    assertThat(here.look("ledger").vpcSecurityGroups().getFirst().vpcSecurityGroupId())
        .isEqualTo("sg-0verifier");
  }

  @Test
  void undoLeavesAloneWhatSomebodyElseSetMeanwhile() {
    given();
    StepDriver step = step();
    step.settled();
    pass(Duration.ofHours(1));
    here.rds()
        .modifyDBCluster(
            request -> request.dbClusterIdentifier("ledger").vpcSecurityGroupIds("sg-0new"));
    ApplicationFailure failure =
        catchThrowableOfType(ApplicationFailure.class, () -> step.undoOnce());
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getOriginalMessage())
        .contains("somebody else has changed the security groups of ledger")
        .endsWith("; restore sg-0old by hand");
  }

  @Test
  void asksWhenThereIsNoCluster() {
    assertThat(step().observe())
        .isEqualTo(new Broken("the DB cluster ledger does not exist in us-west-2"));
    assertThat(step().check().ready()).isFalse();
  }
}
