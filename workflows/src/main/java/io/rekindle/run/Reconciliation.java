package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.plan.Step;
import io.rekindle.plan.shape.Durations;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** One attempt at a whole step: look, make the one due change, look again, until it is settled. */
final class Reconciliation {
  private static final Duration FENCE_PATIENCE = Duration.ofSeconds(25);
  private static final Duration LAST_LOOK = Duration.ofMinutes(2);
  private static final Result SILENT =
      new Result.Stuck(
          "the Region did not answer within " + Durations.format(FENCE_PATIENCE), true);
  private static final String HOW_TO_ADOPT =
      "; if an earlier run of this application made it, retry --adopt takes it over";

  private final Step step;
  private final RunBook book;
  private final StepActions actions;

  Reconciliation(Run run, Step step) {
    this.step = step;
    this.book = run.book();
    this.actions = new StepActions(run, step);
  }

  Result attempt() {
    book.change(step.id(), state -> state.running(now()));
    return told(() -> step.fence() && !answers() ? SILENT : reconcile(budget()));
  }

  /** For as long as it takes, at no cost: a Region that does not answer is asked by one look. */
  Result goOn() {
    return told(() -> reconcile(History.FOR_EVER));
  }

  private Result told(Supplier<Result> attempt) {
    try {
      return attempt.get();
    } catch (ActivityFailure failure) {
      return failed(failure);
    } catch (CanceledFailure cancelled) {
      return new Result.Left();
    }
  }

  /** A look that changes nothing, for who says that the step is done. */
  Result confirm() {
    book.change(step.id(), state -> state.running(now()));
    return look();
  }

  /** Whether the fence's Region says anything at all: a dead one is not waited for. */
  private boolean answers() {
    try {
      actions.observe(new Budget(step.id(), book, FENCE_PATIENCE), "observe");
      return true;
    } catch (ActivityFailure failure) {
      return Failures.isAnswered(failure);
    }
  }

  private Duration budget() {
    return budget(step);
  }

  /** How long it is tried before a person is asked. */
  static Duration budget(Step step) {
    return step.timeout() == null ? step.kind().budget() : step.timeout();
  }

  private Result reconcile(Duration time) {
    Budget budget = new Budget(step.id(), book, time);
    while (!actions.isOver()) {
      Optional<String> misfit = actions.misfit();
      if (misfit.isPresent()) {
        return new Result.Stuck(misfit.get());
      }
      Observation seen = actions.observe(budget, budget.isFresh() ? "observe" : "observe again");
      if (!(seen instanceof Observation.Due due)) {
        return read(seen);
      }
      budget.awaitTurn(due);
      if (budget.isOutOfTime()) {
        return late(stillToBeMade(due));
      }
      if (!actions.isOver()) {
        apply(due, budget);
      }
    }
    return new Result.Left();
  }

  private void apply(Observation.Due due, Budget budget) {
    book.change(step.id(), state -> state.begun(due, now()));
    try {
      over(due, actions.apply(due, shorter(budget.left(), budget())));
    } catch (ActivityFailure | CanceledFailure failure) {
      over(due, Optional.empty());
      throw failure;
    }
  }

  /** Whatever waits for a change counts from here: it was made at the latest now. */
  private void over(Observation.Due due, Optional<String> receipt) {
    book.change(
        step.id(),
        state ->
            receipt
                .map(name -> state.answered(due, name, now()))
                .orElseGet(() -> state.givenUp(now())));
  }

  private static Result read(Observation seen) {
    return switch (seen) {
      case Observation.Settled settled -> new Result.Finished(settled.outputs());
      case Observation.Foreign foreign ->
          new Result.Stuck(
              "it exists, but this run did not make it: " + foreign.owner() + HOW_TO_ADOPT);
      case Observation.Broken broken -> new Result.Stuck(broken.why());
      case Observation.Due due -> new Result.Stuck(stillToBeMade(due));
    };
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private Result late(String why) {
    return new Result.Stuck("not done within " + Durations.format(budget()) + ": " + why, true);
  }

  private static String stillToBeMade(Observation.Due due) {
    return "the change '" + due.change() + "' was not made yet";
  }

  private Result failed(ActivityFailure failure) {
    if (failure.getCause() instanceof CanceledFailure) {
      return new Result.Left();
    }
    String why = Failures.sentence(failure);
    if (!isOutOfTime(failure)) {
      return new Result.Stuck(why);
    }
    Result last = look();
    return last instanceof Result.Finished || last instanceof Result.Left ? last : late(why);
  }

  private static boolean isOutOfTime(ActivityFailure failure) {
    return failure.getRetryState() == RetryState.RETRY_STATE_TIMEOUT
        || failure.getCause() instanceof TimeoutFailure;
  }

  /** One fresh look, for which nothing is changed. */
  Result look() {
    try {
      return read(actions.observe(new Budget(step.id(), book, LAST_LOOK), "observe"));
    } catch (ActivityFailure failure) {
      return failure.getCause() instanceof CanceledFailure
          ? new Result.Left()
          : new Result.Stuck(Failures.sentence(failure));
    } catch (CanceledFailure cancelled) {
      return new Result.Left();
    }
  }
}
