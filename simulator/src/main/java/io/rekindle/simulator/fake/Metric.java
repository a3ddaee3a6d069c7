package io.rekindle.simulator.fake;

import io.rekindle.simulator.wire.Request;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A metric of CloudWatch, by everything that names it. */
public record Metric(
    String account, String region, String namespace, String name, Map<String, String> dimensions) {

  /** The metric that a form names below a prefix. */
  static Metric named(Request request, String prefix) {
    Map<String, String> form = request.form();
    Map<String, String> dimensions = new TreeMap<>();
    for (int i = 1; form.containsKey(dimension(prefix, i, "Name")); i++) {
      dimensions.put(
          form.getOrDefault(dimension(prefix, i, "Name"), ""),
          form.getOrDefault(dimension(prefix, i, "Value"), ""));
    }
    return new Metric(
        request.caller().account(),
        request.region(),
        form.getOrDefault(prefix + "Namespace", ""),
        form.getOrDefault(prefix + "MetricName", ""),
        dimensions);
  }

  /** Another one of the same thing. */
  Metric called(String other) {
    return new Metric(account, region, namespace, other, dimensions);
  }

  private static String dimension(String prefix, int number, String part) {
    return prefix + "Dimensions.member." + number + "." + part;
  }

  /** The value of its only dimension, when it is the metric of that name. */
  public Optional<String> of(String asked, String metric, String dimension) {
    boolean same =
        namespace.equals(asked) && name.equals(metric) && dimensions.keySet().size() == 1;
    return same ? Optional.ofNullable(dimensions.get(dimension)) : Optional.empty();
  }
}
