package io.rekindle.starter.command;

import io.rekindle.door.FailoverRequest;
import io.rekindle.door.PlanAdmission;
import io.rekindle.plan.Mode;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Region;
import io.rekindle.plan.Selection;
import io.rekindle.plan.Trees;
import io.rekindle.plan.shape.Problem;
import io.rekindle.starter.BadInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that decide which steps take part. */
class ChoiceOptions {
  @Option(
      names = "--mode",
      description = "outage or planned; default: ${DEFAULT-VALUE}.",
      defaultValue = "outage")
  Mode mode = Mode.OUTAGE;

  @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Gives a parameter a value.")
  Map<String, String> set = new LinkedHashMap<>();

  @Option(
      names = "--to",
      paramLabel = "REGION",
      description = "The recovery Region; default: the plan's first.")
  @Nullable String to;

  @Option(names = "--without", paramLabel = "STEP", description = "Leaves a step out.")
  List<String> without = List.of();

  /** Throws {@link BadInput} with everything that does not fit the plan. */
  Selection selection(Plan plan) {
    check(plan, FailoverRequest.whole(Trees.json(plan.source()), mode, set, "", null));
    return Selection.of(plan, mode, set, Set.copyOf(without));
  }

  Region recovery(Plan plan) {
    if (to != null) {
      Inputs.known("--to", "recovery Region", to, plan.regions().recoveryNames());
    }
    return plan.regions().recoveryNamed(to);
  }

  static void check(Plan plan, FailoverRequest request) {
    List<Problem> problems = PlanAdmission.problems(plan, request);
    if (!problems.isEmpty()) {
      throw new BadInput(
          problems.stream()
              .map(Problem::sentence)
              .collect(Collectors.joining(System.lineSeparator())));
    }
  }
}
