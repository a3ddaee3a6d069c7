package io.rekindle.plan.check;

import io.rekindle.plan.DrillSteps;
import io.rekindle.plan.Mode;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.shape.Problem;
import io.rekindle.plan.step.Facts;
import java.util.function.Consumer;

/** Whoever moves traffic looks afterwards whether it arrived. */
final class Traffic implements Check {
  @Override
  public void run(Draft draft, Consumer<Problem> report) {
    for (Section section : Section.values()) {
      StepGraph graph = draft.graph(section);
      graph.steps().stream()
          .filter(DrillSteps::moves)
          .forEach(step -> verified(draft, graph, step, report));
    }
  }

  private static void verified(Draft draft, StepGraph graph, Step step, Consumer<Problem> report) {
    for (Mode mode : Mode.values()) {
      if (mode != Mode.DRILL
          && step.runsIn(mode)
          && graph.steps().stream().noneMatch(after -> verifies(after, step, mode, graph))) {
        report.accept(
            Problem.at(
                step.source().place(),
                draft.path(step),
                "'"
                    + step.id()
                    + "' moves traffic, but nothing verifies it afterwards"
                    + (step.modes() == null && anyMode(graph, step)
                        ? " in mode " + Draft.word(mode)
                        : "")));
        return;
      }
    }
  }

  private static boolean anyMode(StepGraph graph, Step step) {
    return graph.steps().stream()
        .anyMatch(after -> isVerify(after) && graph.isBefore(step.id(), after.id()));
  }

  private static boolean verifies(Step after, Step step, Mode mode, StepGraph graph) {
    return isVerify(after)
        && graph.isBefore(step.id(), after.id())
        && after.runsIn(mode)
        && step.when().entrySet().containsAll(after.when().entrySet());
  }

  private static boolean isVerify(Step step) {
    return Draft.kind(step).filter(kind -> kind.hasRole(Facts.Role.VERIFY)).isPresent();
  }
}
