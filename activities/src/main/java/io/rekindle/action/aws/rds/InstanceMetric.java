package io.rekindle.action.aws.rds;

import io.rekindle.action.aws.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;

/** What CloudWatch tells of a DB instance, minute by minute: of each the highest value. */
record InstanceMetric(Work<?> work, String instance, String name) {
  static final Duration MINUTE = Duration.ofMinutes(1);

  /** How late CloudWatch may show a minute. */
  static final Duration LATE = Duration.ofMinutes(3);

  /**
   * @param minute when it began
   */
  record Value(Instant minute, double value) {}

  /** The newest whole minute since then; empty while CloudWatch shows none. */
  Optional<Value> newestSince(Instant begun) {
    Instant end = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    if (!begun.isBefore(end)) {
      return Optional.empty();
    }
    return work
        .client(CloudWatchClient.class, CloudWatchClient::builder)
        .getMetricData(request ->
            request
                .startTime(begun)
                .endTime(end)
                .metricDataQueries(query ->
                    query
                        .id("it")
                        .metricStat(stat ->
                            stat.period((int) MINUTE.toSeconds())
                                .stat("Maximum")
                                .metric(metric ->
                                    metric
                                        .namespace("AWS/RDS")
                                        .metricName(name)
                                        .dimensions(by ->
                                            by.name("DBInstanceIdentifier").value(instance))))))
        .metricDataResults()
        .stream()
        .flatMap(result -> newest(result).stream())
        .findFirst();
  }

  /** CloudWatch lists the newest first. */
  private static Optional<Value> newest(MetricDataResult result) {
    return result.values().isEmpty()
        ? Optional.empty()
        : Optional.of(new Value(result.timestamps().getFirst(), result.values().getFirst()));
  }
}
