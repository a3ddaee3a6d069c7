package io.rekindle.plan.check;

import io.rekindle.plan.Kind;
import io.rekindle.plan.Mode;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.shape.Problem;
import io.rekindle.plan.step.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Nothing is changed before a person said so. */
final class Approvals implements Check {
  private static final List<Mode> MODES = List.of(Mode.OUTAGE, Mode.PLANNED);

  @Override
  public void run(Draft draft, Consumer<Problem> report) {
    for (Section section : Section.values()) {
      StepGraph graph = draft.graph(section);
      List<Step> approvals = graph.steps().stream().filter(Approvals::mayApprove).toList();
      List<Step> changes =
          graph.inOrder().stream()
              .filter(Approvals::changes)
              .filter(step -> graph.isOrderKnown(step.id()))
              .toList();
      if (approvals.isEmpty() && !changes.isEmpty()) {
        report.accept(
            Problem.at(
                changes.getFirst().source().place(),
                draft.path(changes.getFirst()),
                Draft.word(section)
                    + " changes AWS without asking: put an approval before its first change"));
      } else {
        unapproved(graph, changes, approvals)
            .forEach(step -> report.accept(problem(draft, graph, step, approvals)));
      }
    }
  }

  /** A kind that does not exist may be a misspelt approval. */
  private static boolean mayApprove(Step step) {
    return step.knownKind().map(Kind::isApproval).orElse(true);
  }

  private static boolean changes(Step step) {
    return step.knownKind()
        .filter(kind -> !kind.looksOnly() && !kind.hasRole(Facts.Role.NOTIFY))
        .isPresent();
  }

  /** The first on each way: what comes after them lacks the same approval. */
  private static List<Step> unapproved(StepGraph graph, List<Step> changes, List<Step> approvals) {
    List<Step> found = new ArrayList<>();
    for (Step step : changes) {
      if (uncovered(graph, step, approvals).isPresent()
          && found.stream().noneMatch(first -> graph.isBefore(first.id(), step.id()))) {
        found.add(step);
      }
    }
    return found;
  }

  private static Optional<Mode> uncovered(StepGraph graph, Step step, List<Step> approvals) {
    return MODES.stream()
        .filter(step::runsIn)
        .filter(
            mode -> approvals.stream().noneMatch(approval -> covers(approval, step, mode, graph)))
        .findFirst();
  }

  private static Problem problem(Draft draft, StepGraph graph, Step step, List<Step> approvals) {
    Mode mode = uncovered(graph, step, approvals).orElseThrow();
    List<Step> before =
        approvals.stream().filter(approval -> graph.isBefore(approval.id(), step.id())).toList();
    String where =
        before.isEmpty()
            ? ""
            : before.stream().anyMatch(approval -> approval.runsIn(mode))
                ? " where 'when' leaves the approval out"
                : " in mode " + Draft.word(mode);
    return Problem.at(
        step.source().place(),
        draft.path(step),
        "'" + step.id() + "' changes AWS before any approval" + where);
  }

  private static boolean covers(Step approval, Step step, Mode mode, StepGraph graph) {
    return graph.isBefore(approval.id(), step.id())
        && approval.runsIn(mode)
        && step.when().entrySet().containsAll(approval.when().entrySet());
  }
}
