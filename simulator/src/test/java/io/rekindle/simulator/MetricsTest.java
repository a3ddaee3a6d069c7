package io.rekindle.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;

class MetricsTest {
  private static final Simulator SIMULATOR = Simulators.plain();
  private static final Dimension ORDERS =
      Dimension.builder().name("DBInstanceIdentifier").value("orders").build();
  private static final Instant NOW = Instant.parse("2026-01-01T10:05:30Z");
  private final CloudWatchClient cloudWatch =
      Aws.of(SIMULATOR, "800000000001").client(CloudWatchClient.builder());

  @Test
  void whatIsShownNowStandsForEveryMinuteThatIsAskedFor() {
    AtomicInteger connections = new AtomicInteger(3);
    SIMULATOR
        .metrics()
        .show(metric ->
            metric.of("AWS/RDS", "DatabaseConnections", "DBInstanceIdentifier").isPresent()
                ? OptionalDouble.of(connections.get())
                : OptionalDouble.empty());
    assertThat(data("DatabaseConnections").values()).containsExactly(3.0, 3.0, 3.0);
    assertThat(data("DatabaseConnections").timestamps())
        .first()
        .isEqualTo(Instant.parse("2026-01-01T10:04:00Z"));
    connections.set(0);
    assertThat(data("DatabaseConnections").values()).containsOnly(0.0);
    assertThat(
            cloudWatch
                .listMetrics(it ->
                    it.namespace("AWS/RDS")
                        .metricName("DatabaseConnections")
                        .dimensions(filter -> filter.name(ORDERS.name()).value(ORDERS.value())))
                .metrics())
        .singleElement()
        .satisfies(metric -> assertThat(metric.dimensions()).isEqualTo(List.of(ORDERS)));
  }

  @Test
  void whatNobodyShowsHasNoData() {
    assertThat(data("FreeableMemory").values()).isEmpty();
  }

  private MetricDataResult data(String name) {
    return cloudWatch
        .getMetricData(it ->
            it.startTime(NOW.minus(Duration.ofMinutes(3)))
                .endTime(NOW)
                .metricDataQueries(query ->
                    query
                        .id("m")
                        .metricStat(stat ->
                            stat.period(60)
                                .stat("Maximum")
                                .metric(metric ->
                                    metric
                                        .namespace("AWS/RDS")
                                        .metricName(name)
                                        .dimensions(ORDERS)))))
        .metricDataResults()
        .getFirst();
  }
}
