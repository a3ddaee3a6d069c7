package io.rekindle.plan.check;

import io.rekindle.plan.Parameter;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Region;
import io.rekindle.plan.shape.Nearest;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Problem;
import io.rekindle.plan.value.RegionName;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Regions differ, and parameters can have the values the plan gives them. */
final class RegionsAndParameters implements Check {
  @Override
  public void run(Draft draft, Consumer<Problem> report) {
    if (draft.regionsReadable()) {
      regions(draft.plan(), report);
    }
    for (String name : draft.plan().parameters().keySet()) {
      draft.parameter(name).ifPresent(parameter -> parameter(name, parameter, report));
    }
    quorum(draft.plan(), report);
  }

  private static void regions(Plan plan, Consumer<Problem> report) {
    Set<RegionName> seen = new HashSet<>();
    Stream.concat(Stream.of(plan.regions().primary()), plan.regions().recovery().stream())
        .forEach(region -> {
          if (!seen.add(region.region())) {
            report.accept(
                Problem.at(
                    region.source().placeOf("region"),
                    "regions",
                    "Region " + region.region() + " is named twice; recovery needs another one"));
          }
          reserved(region, report);
        });
  }

  private static void reserved(Region region, Consumer<Problem> report) {
    region.source().fieldsOf("values").stream()
        .filter(field -> field.name().equals("region"))
        .forEach(field ->
            report.accept(
                Problem.at(
                    field.place(), "regions", "'region' is reserved for the Region's name")));
  }

  private static void parameter(String name, Parameter parameter, Consumer<Problem> report) {
    String where = "parameters." + name;
    for (Node value : parameter.oneOf()) {
      if (!parameter.ofAnyValue().takes(value)) {
        report.accept(refused(parameter.ofAnyValue(), value, where));
      }
    }
    Node fallback = parameter.fallback();
    if (fallback != null && !parameter.takes(fallback)) {
      report.accept(refused(parameter, fallback, where));
    }
  }

  static Problem refused(Parameter parameter, Node found, String where) {
    String text = found instanceof Node.Scalar scalar ? scalar.text() : "";
    return Problem.at(
            found.place(), where, "expected " + parameter.expects() + ", found " + found.describe())
        .meaning(Nearest.to(text, parameter.values()));
  }

  private static void quorum(Plan plan, Consumer<Problem> report) {
    Plan.Assess assess = plan.assess();
    if (assess != null && !assess.probes().isEmpty() && assess.quorum() > assess.probes().size()) {
      report.accept(
          Problem.at(
              assess.source().placeOf("quorum"),
              "assess",
              "quorum "
                  + assess.quorum()
                  + " cannot be reached by "
                  + assess.probes().size()
                  + " probes"));
    }
  }
}
