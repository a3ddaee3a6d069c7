package io.rekindle.run;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Step;
import io.rekindle.plan.step.Facts;
import io.rekindle.run.StepState.Work;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What one step asks of its handler: look, change, take back. */
final class StepActions {
  /** A pause ends when a person says so. */
  private static final Duration WHILE_PAUSED = Duration.ofDays(365);

  private static final String TOO_LARGE =
      "what it was given is too large once its expressions are replaced: give it less";

  private final Run run;
  private final RunBook book;
  private final Step step;
  private final Kind kind;

  StepActions(Run run, Step step) {
    this.run = run;
    this.book = run.book();
    this.step = step;
    this.kind = step.kind();
  }

  /** What keeps the step from being asked for at all: what it was given does not fit its kind. */
  Optional<String> misfit() {
    return run.calls().isTooLarge(step) ? Optional.of(TOO_LARGE) : run.calls().misfit(step);
  }

  /**
   * Looks until there is an answer; stops when the run ends or goes on in another execution. While
   * the run is paused, what AWS finishes is seen, and the time it takes is not counted.
   */
  Observation observe(Budget budget, String what) {
    while (!run.calls().isTooLarge(step)) {
      boolean paused = book.isPaused();
      Duration patience = paused ? WHILE_PAUSED : budget.left();
      Optional<Observation> seen =
          unlessInterrupted(
              () -> run.actions().observe(run.calls().step(step), patience, summary(what)),
              () -> book.isPaused() != paused,
              this::partsFrom);
      if (seen.isPresent()) {
        return remembered(seen.get());
      }
    }
    return new Observation.Broken(TOO_LARGE);
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
    return weight == 0 || Memory.hasRoom(book.state(), weight)
        ? seen
        : new Observation.Broken("what it gave is too much: " + Memory.tooMuch(weight));
  }

  /**
   * Makes one change; nothing stops it half-way. When the run ends, is paused or goes on in another
   * execution, an attempt under way is finished, and no other one follows. Gives what AWS calls the
   * change, which may be no name at all; nothing when it was not answered.
   */
  Optional<String> apply(Observation.Due due, Duration budget) {
    return book.meanwhile()
        .changing(() ->
            unlessInterrupted(
                () ->
                    run.actions()
                        .apply(run.calls().step(step).applying(due), budget, summary(due.change())),
                book::isPaused,
                CancellationScope::cancel));
  }

  /** A look that another execution will take anew ends with this one: servers drop it. */
  private void partsFrom(CancellationScope look) {
    if (!book.isLeaving() && run.isParting()) {
      throw new CanceledFailure("another execution looks again");
    }
    look.cancel();
  }

  /**
   * Empty when it was interrupted although this execution goes on.
   *
   * @param interrupt ends what is under way
   */
  private <T> Optional<T> unlessInterrupted(
      Supplier<Promise<T>> action,
      Supplier<Boolean> interruption,
      Consumer<CancellationScope> interrupt) {
    CompletablePromise<T> answer = Workflow.newPromise();
    CancellationScope scope =
        Workflow.newCancellationScope(() -> answer.completeFrom(action.get()));
    scope.run();
    Workflow.await(() -> answer.isCompleted() || isOver() || interruption.get());
    boolean interrupted = !answer.isCompleted();
    if (interrupted) {
      interrupt.accept(scope);
    }
    try {
      return Optional.of(answer.get());
    } catch (ActivityFailure | CanceledFailure failure) {
      if (interrupted && !isOver() && isCancelled(failure)) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  /** Whether nobody waits for it any more here: a person may have answered for an open fence. */
  boolean isOver() {
    return book.isLeaving()
        || run.isParting()
        || book.fences().open(step.id()).isPresent() && book.meanwhile().isAnswered(step.id());
  }

  /** An attempt that failed while it was to be the last one is as good as none. */
  private static boolean isCancelled(TemporalFailure failure) {
    return failure instanceof CanceledFailure
        || failure.getCause() instanceof CanceledFailure
        || failure instanceof ActivityFailure last
            && last.getRetryState() == RetryState.RETRY_STATE_CANCEL_REQUESTED;
  }

  /** Takes back what this step made. */
  Undone undo(Work made, String summary) {
    if (kind.facts().undo() == Facts.Undo.ONE_WAY) {
      // What has no way back stops in a drill before it leaves anything behind.
      return run.terms().drill()
          ? new Undone.Whole()
          : new Undone.Not(kind.facts().undoing().replaceFirst("[.]$", ""));
    }
    try {
      String kept =
          run.actions()
              .undo(run.calls().undo(step, made), run.terms().undoing(kind), summary(summary))
              .get();
      return kept == null ? new Undone.Whole() : new Undone.But(kept);
    } catch (ActivityFailure failure) {
      return new Undone.Not(Failures.sentence(failure));
    }
  }

  /** What came of taking something back. */
  sealed interface Undone {
    record Whole() implements Undone {}

    /** Taken back, and something was left behind on purpose. */
    record But(String kept) implements Undone {}

    record Not(String why) implements Undone {}
  }

  private String summary(String what) {
    return Summary.of(step.id(), what);
  }
}
