package io.rekindle.action.aws.verify;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.proof.Verify;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.DimensionFilter;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;

/** The minutes of one metric of CloudWatch. */
record Series(Work<Verify.Metric> work) {
  private static final int MINUTE = 60;

  private CloudWatchClient client() {
    return work.client(CloudWatchClient.class, CloudWatchClient::builder);
  }

  private Verify.Metric with() {
    return work.with();
  }

  /** What there is, by the minute that it stands for. */
  SortedMap<Instant, Double> between(Instant from, Instant to) {
    SortedMap<Instant, Double> values = new TreeMap<>();
    client()
        .getMetricDataPaginator(
            request -> request.startTime(from).endTime(to).metricDataQueries(query()))
        .metricDataResults()
        .forEach(result -> values.putAll(values(result)));
    return values;
  }

  private static Map<Instant, Double> values(MetricDataResult result) {
    return IntStream.range(0, result.values().size())
        .boxed()
        .collect(Collectors.toMap(result.timestamps()::get, result.values()::get));
  }

  private MetricDataQuery query() {
    List<Dimension> dimensions =
        with().dimensions().entrySet().stream()
            .map(each -> Dimension.builder().name(each.getKey()).value(each.getValue()).build())
            .toList();
    return MetricDataQuery.builder()
        .id("m")
        .metricStat(stat ->
            stat.period(MINUTE)
                .stat(statistic(with().statistic()))
                .metric(metric ->
                    metric
                        .namespace(with().namespace())
                        .metricName(with().metric())
                        .dimensions(dimensions)))
        .build();
  }

  private static String statistic(Verify.Metric.Statistic statistic) {
    return switch (statistic) {
      case AVERAGE -> "Average";
      case MINIMUM -> "Minimum";
      case MAXIMUM -> "Maximum";
      case SUM -> "Sum";
      case SAMPLE_COUNT -> "SampleCount";
    };
  }

  /**
   * Whether CloudWatch had data for exactly these dimensions within the last two weeks. A metric
   * that is zero where it is absent need not have had any: a load balancer that never failed has no
   * {@code HTTPCode_Target_5XX_Count}. Then any metric shows that the dimensions are right.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html">
   *     CloudWatch metrics for your Application Load Balancer</a>, "Reporting criteria"
   */
  boolean isKnown() {
    List<DimensionFilter> filters =
        with().dimensions().entrySet().stream()
            .map(each ->
                DimensionFilter.builder().name(each.getKey()).value(each.getValue()).build())
            .toList();
    return client()
        .listMetricsPaginator(request ->
            request
                .namespace(with().namespace())
                .metricName(with().absentIsZero() ? null : with().metric())
                .dimensions(filters))
        .metrics()
        .stream()
        .anyMatch(metric -> metric.dimensions().size() == filters.size());
  }

  String unknown() {
    return "CloudWatch has no " + this + ": no data for two weeks, or a wrong dimension";
  }

  @Override
  public String toString() {
    String dimensions =
        with().dimensions().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(each -> each.getKey() + " " + each.getValue())
            .collect(Collectors.joining(", "));
    return "%s %s%s in %s"
        .formatted(
            with().namespace(),
            with().metric(),
            dimensions.isEmpty() ? "" : " of " + dimensions,
            work.call().region());
  }
}
