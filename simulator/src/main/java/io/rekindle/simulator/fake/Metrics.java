package io.rekindle.simulator.fake;

import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Metrics that show what is: their value of this moment stands for every minute that is asked for,
 * so that nobody has to wait for minutes to pass. All others are left to the emulator.
 */
public final class Metrics implements Fake {
  private static final String MINE = "MetricStat.Metric.";

  /** What gauges may show of a thing; who asks for no name is told of all of them. */
  private static final List<String> NAMES =
      List.of("RequestCount", "ActiveConnectionCount", "DatabaseConnections", "ReplicaLag");

  private final Deque<Function<Metric, OptionalDouble>> gauges = new ConcurrentLinkedDeque<>();

  /**
   * Goes before what was shown earlier.
   *
   * @param gauge empty for metrics that it does not know
   */
  public void show(Function<Metric, OptionalDouble> gauge) {
    gauges.addFirst(gauge);
  }

  private OptionalDouble read(Metric metric) {
    return gauges.stream()
        .map(gauge -> gauge.apply(metric))
        .filter(OptionalDouble::isPresent)
        .findFirst()
        .orElse(OptionalDouble.empty());
  }

  @Override
  public Reply answer(Request request, Cloud next) {
    if (request.is("monitoring", "GetMetricData")) {
      return data(request, next);
    }
    if (request.is("monitoring", "ListMetrics")) {
      Metric asked = Metric.named(request, "");
      Stream<Metric> all =
          asked.name().isEmpty() ? NAMES.stream().map(asked::called) : Stream.of(asked);
      List<Metric> shown = all.filter(metric -> read(metric).isPresent()).toList();
      return shown.isEmpty() ? next.answer(request) : Reply.xml(listed(shown));
    }
    return next.answer(request);
  }

  private Reply data(Request request, Cloud next) {
    Map<String, String> form = request.form();
    List<String> queries =
        IntStream.iterate(1, i -> i + 1)
            .mapToObj("MetricDataQueries.member.%d."::formatted)
            .takeWhile(prefix -> form.containsKey(prefix + "Id"))
            .toList();
    boolean allMine =
        queries.stream().allMatch(each -> read(Metric.named(request, each + MINE)).isPresent());
    if (queries.isEmpty() || !allMine) {
      return next.answer(request);
    }
    String results =
        queries.stream().map(each -> result(request, each)).collect(Collectors.joining());
    return Reply.xml(
        "<GetMetricDataResponse><GetMetricDataResult><MetricDataResults>"
            + results
            + "</MetricDataResults></GetMetricDataResult></GetMetricDataResponse>");
  }

  private String result(Request request, String prefix) {
    Metric metric = Metric.named(request, prefix + MINE);
    double value = read(metric).orElseThrow();
    List<Instant> minutes = minutes(request);
    return """
    <member><Id>%s</Id><Label>%s</Label><StatusCode>Complete</StatusCode>\
    <Timestamps>%s</Timestamps><Values>%s</Values></member>\
    """
        .formatted(
            request.need(prefix + "Id"),
            Xml.escaped(metric.name()),
            members(minutes.stream()),
            members(minutes.stream().map(minute -> value)));
  }

  /** Newest first, as CloudWatch lists them. */
  private static List<Instant> minutes(Request request) {
    Instant from = Instant.parse(request.need("StartTime"));
    Instant to = Instant.parse(request.need("EndTime"));
    return Stream.iterate(
            to.truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(1)),
            minute -> !minute.isBefore(from.truncatedTo(ChronoUnit.MINUTES)),
            minute -> minute.minus(Duration.ofMinutes(1)))
        .toList();
  }

  private static String members(Stream<?> values) {
    return values.map("<member>%s</member>"::formatted).collect(Collectors.joining());
  }

  private static String listed(List<Metric> metrics) {
    return "<ListMetricsResponse><ListMetricsResult><Metrics>"
        + metrics.stream().map(Metrics::listed).collect(Collectors.joining())
        + "</Metrics></ListMetricsResult></ListMetricsResponse>";
  }

  private static String listed(Metric metric) {
    String dimensions =
        metric.dimensions().entrySet().stream()
            .map(each ->
                "<member><Name>%s</Name><Value>%s</Value></member>"
                    .formatted(each.getKey(), Xml.escaped(each.getValue())))
            .collect(Collectors.joining());
    return """
    <member><Namespace>%s</Namespace><MetricName>%s</MetricName>\
    <Dimensions>%s</Dimensions></member>\
    """
        .formatted(metric.namespace(), metric.name(), dimensions);
  }
}
