package io.rekindle.run;

import io.rekindle.plan.Kind;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.step.Facts.Role;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.StepState.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The word for how a run went, told from what happened and from nothing else.
 *
 * @param doubts what keeps it from being more, a sentence each
 */
record Conclusion(Outcome outcome, List<String> doubts) {

  /** After every step of a failover is over. */
  static Conclusion ofRecovery(StepGraph graph, RunBook book) {
    return of(graph, Section.FAILOVER, book, Outcome.RECOVERED);
  }

  /** After every step of a failback is over. */
  static Conclusion ofReturn(StepGraph graph, RunBook book) {
    return of(graph, Section.FAILBACK, book, Outcome.FAILED_BACK);
  }

  private static Conclusion of(StepGraph graph, Section section, RunBook book, Outcome verified) {
    List<String> doubts = new ArrayList<>();
    if (graph.steps().stream().noneMatch(step -> serves(step, section) && isDone(step, book))) {
      doubts.add("no step that starts what serves, or moves traffic to it, is done");
    }
    graph.steps().stream()
        .filter(step -> book.is(step.id(), Status.GAVE_UP))
        .filter(step -> step.movesTraffic() || isVerification(step))
        .forEach(step ->
            doubts.add(
                "'"
                    + step.id()
                    + (step.movesTraffic()
                        ? "', which moves traffic, did not succeed"
                        : "', which verifies, did not succeed")));
    graph.steps().stream()
        .filter(Step::movesUsers)
        .filter(step -> !isVerified(step, graph, book))
        .forEach(step -> doubts.add("nothing verified the traffic that '" + step.id() + "' moves"));
    return new Conclusion(doubts.isEmpty() ? verified : Outcome.UNVERIFIED, List.copyOf(doubts));
  }

  /**
   * After a run that ended on its way.
   *
   * @param left what a rollback could not undo
   */
  static Outcome ofEnd(RunBook book, List<String> left) {
    return book.isRollback() && left.isEmpty()
        ? Outcome.ROLLED_BACK
        : book.outcome().orElse(Outcome.ABORTED);
  }

  /**
   * After a failover was undone although traffic had moved.
   *
   * @param losses what was written and stays behind, though nobody accepted that, a sentence each
   * @param verifying the steps that looked whether users arrive at home
   * @param verified whether anything saw that they do
   */
  static Conclusion ofRetreat(
      Rollback.Result undone,
      List<String> losses,
      List<Step> verifying,
      boolean verified,
      RunBook book) {
    List<String> doubts = new ArrayList<>();
    undone.left().forEach(what -> doubts.add("could not undo " + what));
    doubts.addAll(losses);
    verifying.stream()
        .filter(step -> !isDone(step, book))
        .forEach(step -> doubts.add("'" + step.id() + "', which verifies, did not succeed"));
    if (!verified) {
      doubts.add("nothing verified that users arrive at the primary Region");
    }
    return new Conclusion(
        doubts.isEmpty() ? Outcome.FAILED_BACK : Outcome.UNVERIFIED, List.copyOf(doubts));
  }

  /**
   * After a drill.
   *
   * @param left what could not be taken away
   */
  static Outcome ofDrill(RunBook book, List<String> left) {
    return left.isEmpty() ? book.outcome().orElse(Outcome.ABORTED) : Outcome.LEFTOVERS;
  }

  /** What shuts the other side off, or acts there, serves nobody. */
  static boolean serves(Step step, Section section) {
    Kind kind = step.kind();
    return !step.fence()
        && (step.region() == null || step.region() == section.side())
        && (kind.hasRole(Role.COMPUTE) || step.movesTraffic());
  }

  private static boolean isVerification(Step step) {
    return step.kind().hasRole(Role.VERIFY);
  }

  private static boolean isDone(Step step, RunBook book) {
    return book.is(step.id(), Status.DONE);
  }

  private static boolean isVerified(Step moving, StepGraph graph, RunBook book) {
    return graph.steps().stream()
        .filter(step -> graph.isBefore(moving.id(), step.id()))
        .anyMatch(step -> isVerification(step) && isDone(step, book));
  }

  /** Absent where nothing is doubtful. */
  @Nullable String why() {
    return doubts.isEmpty() ? null : String.join("; ", doubts);
  }
}
