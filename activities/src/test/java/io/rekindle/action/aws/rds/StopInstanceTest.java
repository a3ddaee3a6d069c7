package io.rekindle.action.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.data.Rds;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;

class StopInstanceTest extends ActionContract<Rds.StopInstance> {
  private final RdsWorld here = new RdsWorld(in(HERE, RdsClient::builder));

  @Override
  protected ActionHandler<Rds.StopInstance> handler() {
    return new StopInstance();
  }

  @Override
  protected String with() {
    return "{ instance: 'orders' }";
  }

  @Override
  protected void world() {
    here.instance("orders");
  }

  /** Histories hold these words: what is in progress must stay readable. */
  @Test
  void recordsTheStatusThatItHad() {
    given();
    StepDriver step = step();
    assertThat(step.due()).isEqualTo(new Due("stop", Map.of("status", "available")));
    assertThat(step.settled()).isEqualTo(new Settled(Map.of("instance", "orders")));
  }

  @Test
  void whatIsStoppedAlreadyIsLeftAloneForGood() {
    given();
    here.rds().stopDBInstance(request -> request.dbInstanceIdentifier("orders"));
    StepDriver step = step();
    step.settled();
    step.undo();
    assertThat(changes()).isEmpty();
    assertThat(here.look("orders").dbInstanceStatus()).isEqualTo("stopped");
  }

  @Test
  void saysThatAReplicatedInstanceCannotBeStopped() {
    given();
    here.rds()
        .createDBInstanceReadReplica(
            request -> request.dbInstanceIdentifier("copy").sourceDBInstanceIdentifier("orders"));
    assertThat(step().observe())
        .isInstanceOfSatisfying(
            Broken.class,
            broken ->
                assertThat(broken.why()).contains("AWS does not stop those: isolate it instead"));
  }

  @Test
  void asksWhenThereIsNoInstance() {
    assertThat(step().observe()).isInstanceOf(Broken.class);
    assertThat(step().check().ready()).isFalse();
  }
}
