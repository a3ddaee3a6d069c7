package io.rekindle.run;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Step;
import io.rekindle.plan.shape.Bound;
import io.rekindle.plan.shape.Problem;
import io.rekindle.plan.step.Facts;
import io.rekindle.run.StepState.Work;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What one step asks of its handler: look, change, take back. */
final class StepActions {
  private static final String TOO_LARGE =
      "what it was given is too large once its expressions are replaced: give it less";

  private final Run run;
  private final Step step;
  private final Kind kind;

  StepActions(Run run, Step step) {
    this.run = run;
    this.step = step;
    this.kind = step.kind();
  }

  /** What keeps the step from being asked for at all: what it was given does not fit its kind. */
  Optional<String> misfit() {
    if (run.calls().isTooLarge(step)) {
      return Optional.of(TOO_LARGE);
    }
    Bound<Optional<Record>> bound = run.calls().bind(step);
    return bound.whole()
        ? Optional.empty()
        : Optional.of(
            bound.problems().stream().map(Problem::sentence).collect(Collectors.joining("; ")));
  }

  /** Looks until there is an answer; stops when the run ends or goes on in another execution. */
  Observation observe(Duration budget, String what) {
    return run.calls().isTooLarge(step)
        ? new Observation.Broken(TOO_LARGE)
        : remembered(
            whileThisExecutionLasts(
                () -> run.actions().observe(run.calls().step(step), budget, summary(what))));
  }

  /** What was seen, unless it is more than the run could remember. */
  private Observation remembered(Observation seen) {
    int weight =
        switch (seen) {
          case Observation.Settled settled -> StepState.weight(settled.outputs());
          case Observation.Due due -> StepState.weight(due.before());
          case Observation.Foreign foreign -> 0;
          case Observation.Broken broken -> 0;
        };
    return weight == 0 || Memory.hasRoom(run.book().state(), weight)
        ? seen
        : new Observation.Broken("what it gave is too much: " + Memory.tooMuch(weight));
  }

  /**
   * Makes one change; nothing stops it half-way. When the run ends or goes on in another execution,
   * an attempt under way is finished, and no other one follows.
   */
  void apply(Observation.Due due, Duration budget) {
    run.book()
        .changing(() ->
            whileThisExecutionLasts(() ->
                run.actions()
                    .apply(run.calls().step(step).applying(due), budget, summary(due.change()))));
  }

  private <T> T whileThisExecutionLasts(Supplier<Promise<T>> action) {
    CompletablePromise<T> answer = Workflow.newPromise();
    CancellationScope scope =
        Workflow.newCancellationScope(() -> answer.completeFrom(action.get()));
    scope.run();
    Workflow.await(() -> answer.isCompleted() || run.book().isEnding() || History.isTooLong());
    if (!answer.isCompleted()) {
      scope.cancel();
    }
    return answer.get();
  }

  /** Takes back what this step made. Gives why it could not, or nothing. */
  Optional<String> undo(Work made, String summary) {
    if (kind.facts().undo() == Facts.Undo.ONE_WAY) {
      return Optional.of(kind.facts().undoing());
    }
    try {
      run.actions().undo(run.calls().undo(step, made), kind.budget(), summary(summary)).get();
      return Optional.empty();
    } catch (ActivityFailure failure) {
      return Optional.of(Failures.sentence(failure));
    }
  }

  private String summary(String what) {
    return Summary.of(step.id(), what);
  }
}
