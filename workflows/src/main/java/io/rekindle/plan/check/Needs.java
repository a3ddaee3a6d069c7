package io.rekindle.plan.check;

import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.shape.Nearest;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.shape.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Steps need steps of their own section, and never themselves, however indirectly. */
final class Needs implements Check {
  @Override
  public void run(Draft draft, Consumer<Problem> report) {
    for (Section section : Section.values()) {
      StepGraph graph = draft.graph(section);
      draft.plan().steps(section).forEach(step -> known(draft, section, step, report));
      cycle(graph, section, report);
    }
  }

  private static void known(Draft draft, Section section, Step step, Consumer<Problem> report) {
    List<String> needs = step.needs() == null ? List.of() : step.needs();
    for (String need : needs) {
      if (!draft.graph(section).has(need)) {
        Optional<String> nearest =
            Nearest.to(need, draft.graph(section).steps().stream().map(Step::id).toList());
        if (!draft.isMistaken(need, nearest)) {
          continue;
        }
        String what =
            draft.sectionOf().containsKey(need)
                ? "'"
                    + need
                    + "' is a step of "
                    + Draft.word(draft.sectionOf().get(need))
                    + "; needs names steps of "
                    + Draft.word(section)
                : "there is no step '" + need + "'";
        report.accept(
            Problem.at(
                    Draft.placeOfEntry(step.source(), "needs", need),
                    draft.path(step) + ".needs",
                    what)
                .meaning(nearest));
      }
    }
  }

  private static void cycle(StepGraph graph, Section section, Consumer<Problem> report) {
    List<String> cycle = graph.cycle();
    if (!cycle.isEmpty()) {
      Place place =
          cycle.stream()
              .map(graph::step)
              .filter(step -> step.needs() != null)
              .findFirst()
              .orElseGet(() -> graph.step(cycle.getFirst()))
              .source()
              .placeOf("needs");
      report.accept(
          Problem.at(
              place,
              Draft.word(section),
              "these steps wait for each other: " + String.join(" -> ", cycle)));
    }
  }
}
