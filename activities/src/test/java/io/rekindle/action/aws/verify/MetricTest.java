package io.rekindle.action.aws.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.SimulatedAws;
import io.rekindle.action.aws.VerifyContract;
import io.rekindle.plan.step.proof.Verify;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;

class MetricTest extends VerifyContract<Verify.Metric> {
  private static final Dimension ORDERS =
      Dimension.builder().name("DBInstanceIdentifier").value("orders").build();

  private final ActionHandler<Verify.Metric> handler = new Metric();

  @Override
  protected ActionHandler<Verify.Metric> handler() {
    return handler;
  }

  @Override
  protected String with() {
    return with("atMost: 0");
  }

  private static String with(String more) {
    return """
    {namespace: 'AWS/RDS', metric: 'DatabaseConnections', statistic: 'maximum',
     dimensions: {DBInstanceIdentifier: 'orders'}, %s}\
    """
        .formatted(more);
  }

  /** The value of each minute, the newest last. */
  private void minutes(int newest, int... values) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    CloudWatchClient cloudWatch = in(HERE, CloudWatchClient::builder);
    for (int i = 0; i < values.length; i++) {
      Instant minute = now.minus(newest + values.length - 1 - i, ChronoUnit.MINUTES);
      double value = values[i];
      cloudWatch.putMetricData(it ->
          it.namespace("AWS/RDS")
              .metricData(each ->
                  each.metricName("DatabaseConnections")
                      .dimensions(ORDERS)
                      .timestamp(minute)
                      .value(value)));
    }
  }

  @Override
  protected void given() {
    SimulatedAws.aws().reset();
    minutes(1, 5, 0, 0, 0);
  }

  @Override
  protected void notYet() {
    minutes(1, 5, 5, 0, 2);
  }

  @Override
  protected String[] said() {
    return new String[] {
      "AWS/RDS DatabaseConnections of DBInstanceIdentifier orders",
      HERE,
      "was 2 in the minute",
      "must be at most 0 for 3m"
    };
  }

  @Test
  void theLastValueIsGivenOn() {
    minutes(2, 7, 6, 4);
    assertThat(step(with("atLeast: 3, atMost: 7")).observe())
        .isEqualTo(Settled.of(new Verify.Metric.Outputs("4")));
  }

  @Test
  void everyMinuteMustHold() {
    minutes(1, 0, 3, 0);
    assertThat(failure(step()).getOriginalMessage()).contains("was 3 in the minute");
  }

  @Test
  void aMinuteWithoutDataDoesNotPassUnlessThatMeansZero() {
    minutes(2, 0);
    minutes(4, 0, 0);
    assertThat(failure(step()).getOriginalMessage()).contains("has no data for the minute");
    assertThat(step(with("atMost: 0, absentIsZero: true")).observe()).isInstanceOf(Settled.class);
  }

  @Test
  void whatIsOldSaysNothingOfNow() {
    minutes(5, 0, 0, 0);
    assertThat(failure(step()).getOriginalMessage()).contains("has no data for the minute");
  }

  @Test
  void whatMayStillComeIsNotTakenForZero() {
    minutes(4, 9);
    assertThat(failure(step(with("atMost: 0, for: '2m', absentIsZero: true"))).getOriginalMessage())
        .contains("was 9 in the minute");
  }

  @Test
  void whatNeverHappenedToSomethingThatIsSeenIsZero() {
    minutes(1, 3, 2);
    String errors =
        with("atMost: 0, absentIsZero: true").replace("DatabaseConnections", "Deadlocks");
    assertThat(step(errors).observe()).isInstanceOf(Settled.class);
    assertThat(failure(step(errors.replace(", absentIsZero: true", ""))).getOriginalMessage())
        .contains("CloudWatch has no AWS/RDS Deadlocks");
  }

  @Test
  void aMetricThatNobodyKnowsIsNoZero() {
    assertThat(failure(step(with("atMost: 0, absentIsZero: true"))).getOriginalMessage())
        .contains("CloudWatch has no AWS/RDS DatabaseConnections", "or a wrong dimension");
  }
}
