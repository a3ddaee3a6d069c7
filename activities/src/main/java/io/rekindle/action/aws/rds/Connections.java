package io.rekindle.action.aws.rds;

import io.rekindle.action.aws.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalDouble;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;

/** How many clients are connected to a DB instance, as CloudWatch tells, minute by minute. */
record Connections(Work<?> work, String instance) {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** How late CloudWatch may show a minute. */
  private static final Duration LATE = Duration.ofMinutes(3);

  /** In the newest whole minute since then; empty while CloudWatch shows none. */
  OptionalDouble since(Instant time) {
    Instant begun =
        time.plus(work.pace().of(LATE.plus(MINUTE))).minus(LATE).truncatedTo(ChronoUnit.MINUTES);
    Instant end = Instant.now().truncatedTo(ChronoUnit.MINUTES);
    if (!begun.isBefore(end)) {
      return OptionalDouble.empty();
    }
    List<MetricDataResult> results =
        work.client(CloudWatchClient.class, CloudWatchClient::builder)
            .getMetricData(request ->
                request
                    .startTime(begun)
                    .endTime(end)
                    .metricDataQueries(query ->
                        query
                            .id("connections")
                            .metricStat(stat ->
                                stat.period((int) MINUTE.toSeconds())
                                    .stat("Maximum")
                                    .metric(metric ->
                                        metric
                                            .namespace("AWS/RDS")
                                            .metricName("DatabaseConnections")
                                            .dimensions(by ->
                                                by.name("DBInstanceIdentifier").value(instance))))))
            .metricDataResults();
    return newest(results);
  }

  /** CloudWatch lists the newest first. */
  private static OptionalDouble newest(List<MetricDataResult> results) {
    return results.stream()
        .flatMap(result -> result.values().stream())
        .mapToDouble(Double::doubleValue)
        .findFirst();
  }
}
