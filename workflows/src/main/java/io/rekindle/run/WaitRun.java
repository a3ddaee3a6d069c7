package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import io.rekindle.plan.Step;
import io.rekindle.plan.step.Control;
import io.rekindle.run.StepState.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/** Lets a fixed time pass. */
final class WaitRun {
  private final Run run;
  private final Step step;
  private final Control.Wait wait;

  WaitRun(Run run, Step step, Control.Wait wait) {
    this.run = run;
    this.step = step;
    this.wait = wait;
  }

  void perform() {
    RunBook book = run.book();
    book.change(step.id(), state -> state.running(now()));
    if (Timers.pass(left(), step.id(), "until the time has passed", book::isEnding)) {
      book.change(step.id(), state -> state.over(Status.DONE, Map.of(), now(), null));
    }
  }

  /** Some of it may have passed in an earlier execution. */
  private Duration left() {
    Instant since = Objects.requireNonNull(run.book().step(step.id()).started());
    Duration left = wait.duration().minus(Duration.between(since, now()));
    return left.isPositive() ? left : Duration.ZERO;
  }
}
