package io.rekindle.action.aws.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.VerifyContract;
import io.rekindle.plan.step.proof.VerifyAlarms;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

class AlarmTest extends VerifyContract<VerifyAlarms.Alarm> {
  @Override
  protected ActionHandler<VerifyAlarms.Alarm> handler() {
    return new Alarm();
  }

  @Override
  protected String with() {
    return "{names: ['orders-5xx', 'orders-db']}";
  }

  private void alarm(String name, StateValue state) {
    CloudWatchClient cloudWatch = in(HERE, CloudWatchClient::builder);
    cloudWatch.putMetricAlarm(it ->
        it.alarmName(name)
            .namespace("AWS/RDS")
            .metricName("DatabaseConnections")
            .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
            .evaluationPeriods(1)
            .period(60)
            .threshold(1.0));
    cloudWatch.setAlarmState(it -> it.alarmName(name).stateValue(state).stateReason("the test"));
  }

  @Override
  protected void given() {
    alarm("orders-5xx", StateValue.OK);
    alarm("orders-db", StateValue.OK);
  }

  @Override
  protected void notYet() {
    alarm("orders-5xx", StateValue.ALARM);
    alarm("orders-db", StateValue.INSUFFICIENT_DATA);
  }

  @Override
  protected String[] said() {
    return new String[] {
      "the alarm orders-5xx in us-west-2 is ALARM since ",
      "; the alarm orders-db in us-west-2 is INSUFFICIENT_DATA since ",
      ": see that it follows what was recovered"
    };
  }

  /** It lost what it follows when that was renamed, and nobody was told. */
  @Test
  void oneWithoutDataAmongTheGoodIsNotPassedOver() {
    given();
    alarm("orders-db", StateValue.INSUFFICIENT_DATA);
    assertThat(failure(step()).getOriginalMessage())
        .startsWith("the alarm orders-db in us-west-2 is INSUFFICIENT_DATA since ");
  }

  @Test
  void oneThatIsNotThereIsWaitedForAndSaidBeforehand() {
    alarm("orders-5xx", StateValue.OK);
    String sentence = "the alarm orders-db does not exist in us-west-2";
    assertThat(failure(step()).getOriginalMessage()).isEqualTo(sentence);
    assertThat(step().check().ready()).isFalse();
    assertThat(step().check().evidence()).isEqualTo(sentence);
  }

  @Test
  void beforehandTheyMayStillBeWithoutData() {
    notYet();
    assertThat(step().check().ready()).isTrue();
    assertThat(step().check().evidence())
        .isEqualTo("the alarm orders-5xx is ALARM; the alarm orders-db is INSUFFICIENT_DATA");
  }

  @Test
  void allThatBeginAlikeAreWaitedForAndOneThereMustBe() {
    assertThat(failure(step("{prefix: 'orders-'}")).getOriginalMessage())
        .isEqualTo("no alarm in us-west-2 has a name that begins with orders-");
    given();
    alarm("billing-5xx", StateValue.ALARM);
    assertThat(step("{prefix: 'orders-'}").observe())
        .isEqualTo(Settled.of(new VerifyAlarms.Alarm.Outputs(2)));
  }
}
