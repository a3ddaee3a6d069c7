package io.rekindle.run;

import io.rekindle.plan.Region;
import io.rekindle.plan.Region.Side;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.run.Finding.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Nobody goes home to a Region of which nothing answers. */
final class PrimarySide {
  private final Run run;

  /**
   * @param run by the plan that leads there
   */
  PrimarySide(Run run) {
    this.run = run;
  }

  /**
   * Why nothing can be brought back there, asked of the steps that act there. What only looks may
   * look past it: an address that answers says nothing about those who must work there.
   *
   * @param unless when nobody wants to know any more
   */
  Optional<String> silence(StepGraph graph, Supplier<Boolean> unless) {
    Region primary = run.plan().region(Side.PRIMARY);
    List<Finding> findings =
        new Checks(run, graph)
            .ask(acting(primary, graph), unless)
            .map(Checks.Answers::findings)
            .orElse(List.of());
    List<Finding> silent =
        findings.stream().filter(finding -> finding.is(Verdict.UNKNOWN)).toList();
    boolean answers =
        findings.stream().anyMatch(each -> each.is(Verdict.PASS) || each.is(Verdict.FAIL));
    return silent.isEmpty() || answers
        ? Optional.empty()
        : Optional.of(
            "%s does not answer, so nothing can be brought back there: %s"
                .formatted(
                    primary.region(),
                    silent.stream()
                        .map(finding -> finding.name() + ", " + finding.says())
                        .collect(Collectors.joining("; "))));
  }

  private List<Step> acting(Region primary, StepGraph graph) {
    return graph.steps().stream()
        .filter(step -> !step.kind().isControl() && !step.kind().looksOnly())
        .filter(step -> run.plan().region(step).filter(primary::equals).isPresent())
        .toList();
  }
}
