package io.rekindle.plan.check;

import io.rekindle.plan.Parameter;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Region;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.shape.Problem;
import io.rekindle.plan.value.RegionName;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Regions differ, and parameters can have the values the plan gives them. */
final class RegionsAndParameters implements Check {
  @Override
  public void run(Draft draft, Consumer<Problem> report) {
    if (draft.regionsReadable()) {
      regions(draft.plan(), report);
    }
    draft.plan().parameters().forEach((name, parameter) -> parameter(name, parameter, report));
    quorum(draft.plan(), report);
  }

  private static void regions(Plan plan, Consumer<Problem> report) {
    Set<RegionName> seen = new HashSet<>(Set.of(plan.regions().primary().region()));
    Place place = plan.source().placeOf("regions");
    for (Region region : plan.regions().recovery()) {
      if (!seen.add(region.region())) {
        report.accept(
            Problem.at(
                place,
                "regions",
                "the Region " + region.region() + " is named twice; recovery needs another one"));
      }
      if (region.values().containsKey("region")) {
        report.accept(
            Problem.at(
                place,
                "regions",
                "the value 'region' is reserved: it is always the Region's name"));
      }
    }
    if (plan.regions().primary().values().containsKey("region")) {
      report.accept(
          Problem.at(
              place, "regions", "the value 'region' is reserved: it is always the Region's name"));
    }
  }

  private static void parameter(String name, Parameter parameter, Consumer<Problem> report) {
    String where = "parameters." + name;
    for (Node value : parameter.oneOf()) {
      if (!new Parameter(parameter.type(), null, List.of(), null).takes(value)) {
        report.accept(Problem.at(value.place(), where, expected(parameter, value)));
      }
    }
    Node fallback = parameter.fallback();
    if (fallback != null && !parameter.takes(fallback)) {
      report.accept(Problem.at(fallback.place(), where, expected(parameter, fallback)));
    }
  }

  static String expected(Parameter parameter, Node found) {
    return "expected " + parameter.expects() + ", found " + found.describe();
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
