package io.rekindle.action.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.data.Rds;
import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;

class IsolateTest extends ActionContract<Rds.Isolate> {
  private final RdsWorld here = new RdsWorld(in(HERE, RdsClient::builder));

  @Override
  protected ActionHandler<Rds.Isolate> handler() {
    return new Isolate();
  }

  @Override
  protected String with() {
    return "{ instance: 'orders', securityGroups: ['sg-0verifier'] }";
  }

  @Override
  protected void world() {
    here.instance("orders");
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
    assertThat(here.look("orders").vpcSecurityGroups().getFirst().vpcSecurityGroupId())
        .isEqualTo("sg-0verifier");
  }

  @Test
  void undoLeavesAloneWhatSomebodyElseSetMeanwhile() {
    given();
    StepDriver step = step();
    step.settled();
    here.rds()
        .modifyDBInstance(
            request -> request.dbInstanceIdentifier("orders").vpcSecurityGroupIds("sg-0new"));
    ApplicationFailure failure =
        catchThrowableOfType(ApplicationFailure.class, () -> step.undoOnce());
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getOriginalMessage())
        .contains("somebody else has changed the security groups of orders")
        .endsWith("; restore sg-0old by hand");
  }

  @Test
  void asksWhenThereIsNoInstance() {
    assertThat(step().observe())
        .isEqualTo(new Broken("the DB instance orders does not exist in us-west-2"));
    assertThat(step().check().ready()).isFalse();
  }
}
