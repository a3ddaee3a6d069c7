package io.rekindle.action.aws.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.ProbeContract;
import io.rekindle.plan.step.proof.Probe;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

class AlarmTest extends ProbeContract<Probe.Alarm> {
  @Override
  protected ActionHandler<Probe.Alarm> handler() {
    return new Alarm();
  }

  @Override
  protected String with() {
    return "{name: 'orders-5xx'}";
  }

  private void alarm(StateValue state) {
    CloudWatchClient cloudWatch = in(HERE, CloudWatchClient::builder);
    cloudWatch.putMetricAlarm(it ->
        it.alarmName("orders-5xx")
            .namespace("AWS/ApplicationELB")
            .metricName("HTTPCode_Target_5XX_Count")
            .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
            .evaluationPeriods(1)
            .period(60)
            .threshold(1.0));
    cloudWatch.setAlarmState(
        it -> it.alarmName("orders-5xx").stateValue(state).stateReason("the test says so"));
  }

  @Override
  protected void given() {
    alarm(StateValue.OK);
  }

  @Override
  protected void failing() {
    alarm(StateValue.ALARM);
  }

  @Override
  protected void dark() {
    alarm(StateValue.INSUFFICIENT_DATA);
  }

  @Override
  protected String subject() {
    return "orders-5xx in us-west-2";
  }

  @Test
  void healthIsShownWithItsAge() {
    given();
    assertThat(step().observe())
        .isInstanceOfSatisfying(
            Settled.class,
            seen ->
                assertThat(seen.outputs().values())
                    .singleElement()
                    .asString()
                    .matches("OK since \\d{4}-.*Z"));
  }

  @Test
  void anAlarmThatIsNotThereIsNoEvidence() {
    assertThat(failure(step()))
        .satisfies(none -> assertThat(none.getType()).isEqualTo(Failures.UNREACHABLE))
        .hasMessageContaining("does not exist");
  }
}
