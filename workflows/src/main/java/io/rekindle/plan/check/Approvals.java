package io.rekindle.plan.check;

import io.rekindle.plan.Kind;
import io.rekindle.plan.Mode;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.shape.Problem;
import io.rekindle.plan.step.Facts;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Nothing is changed before a person said so. */
final class Approvals implements Check {
  private static final Set<Mode> MODES = Set.of(Mode.OUTAGE, Mode.PLANNED);

  @Override
  public void run(Draft draft, Consumer<Problem> report) {
    for (Section section : Section.values()) {
      StepGraph graph = draft.graph(section);
      List<Step> approvals =
          graph.steps().stream()
              .filter(step -> Draft.kind(step).filter(Kind::isApproval).isPresent())
              .toList();
      List<Step> changes = graph.steps().stream().filter(Approvals::changes).toList();
      if (approvals.isEmpty() && !changes.isEmpty()) {
        report.accept(
            Problem.at(
                changes.getFirst().source().place(),
                draft.path(changes.getFirst()),
                Draft.word(section)
                    + " changes AWS without asking: put an approval before its first change"));
      } else {
        changes.forEach(step -> approved(draft, graph, step, approvals, report));
      }
    }
  }

  private static boolean changes(Step step) {
    return Draft.kind(step)
        .filter(kind -> !kind.looksOnly() && !kind.hasRole(Facts.Role.NOTIFY))
        .isPresent();
  }

  private static void approved(
      Draft draft, StepGraph graph, Step step, List<Step> approvals, Consumer<Problem> report) {
    for (Mode mode : Mode.values()) {
      if (MODES.contains(mode)
          && step.runsIn(mode)
          && approvals.stream().noneMatch(approval -> covers(approval, step, mode, graph))) {
        report.accept(
            Problem.at(
                step.source().place(),
                draft.path(step),
                "'"
                    + step.id()
                    + "' changes AWS before any approval"
                    + (everywhere(step, approvals, graph) ? "" : " in mode " + Draft.word(mode))));
        return;
      }
    }
  }

  private static boolean everywhere(Step step, List<Step> approvals, StepGraph graph) {
    return approvals.stream().noneMatch(approval -> graph.isBefore(approval.id(), step.id()));
  }

  private static boolean covers(Step approval, Step step, Mode mode, StepGraph graph) {
    return graph.isBefore(approval.id(), step.id())
        && approval.runsIn(mode)
        && step.when().entrySet().containsAll(approval.when().entrySet());
  }
}
