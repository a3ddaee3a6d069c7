package io.rekindle.plan.check;

import io.rekindle.plan.Mode;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.shape.Problem;
import io.rekindle.plan.step.Facts;
import java.util.List;
import java.util.function.Consumer;

/** Whoever moves traffic looks afterwards whether it arrived. */
final class Traffic implements Check {
  private static final List<Mode> MODES = List.of(Mode.OUTAGE, Mode.PLANNED);

  @Override
  public void run(Draft draft, Consumer<Problem> report) {
    for (Section section : Section.values()) {
      StepGraph graph = draft.graph(section);
      List<Step> verifying = graph.steps().stream().filter(Traffic::mayVerify).toList();
      graph.steps().stream()
          .filter(Step::movesTraffic)
          .forEach(step -> verified(draft, graph, step, verifying, report));
    }
  }

  private static void verified(
      Draft draft, StepGraph graph, Step step, List<Step> verifying, Consumer<Problem> report) {
    MODES.stream()
        .filter(step::runsIn)
        .filter(mode -> verifying.stream().noneMatch(after -> verifies(after, step, mode, graph)))
        .findFirst()
        .ifPresent(mode ->
            report.accept(
                Problem.at(
                    step.source().place(),
                    draft.path(step),
                    "'"
                        + step.id()
                        + "' moves traffic, but nothing verifies it afterwards"
                        + where(graph, step, mode, verifying))));
  }

  private static String where(StepGraph graph, Step step, Mode mode, List<Step> verifying) {
    List<Step> after =
        verifying.stream().filter(each -> graph.isBefore(step.id(), each.id())).toList();
    if (after.isEmpty()) {
      return "";
    }
    return after.stream().anyMatch(each -> each.runsIn(mode))
        ? " where 'when' leaves the check out"
        : " in mode " + Draft.word(mode);
  }

  private static boolean verifies(Step after, Step step, Mode mode, StepGraph graph) {
    return (graph.isBefore(step.id(), after.id()) || !graph.isOrderKnown(after.id()))
        && after.runsIn(mode)
        && step.when().entrySet().containsAll(after.when().entrySet());
  }

  /** A kind that does not exist may be misspelt. */
  private static boolean mayVerify(Step step) {
    return step.knownKind().map(kind -> kind.hasRole(Facts.Role.VERIFY)).orElse(true);
  }
}
