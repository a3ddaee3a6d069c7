package io.rekindle.run;

import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.function.Supplier;

/** Waiting for time to pass. */
final class Timers {
  private Timers() {}

  /**
   * Waits until the time has passed or something else happens. Gives whether the time passed.
   *
   * @param what why it is waited, for whoever reads the history
   */
  static boolean pass(Duration duration, String step, String what, Supplier<Boolean> unless) {
    CompletablePromise<Void> passed = Workflow.newPromise();
    CancellationScope timer =
        Workflow.newCancellationScope(() ->
            passed.completeFrom(
                Workflow.newTimer(
                    duration,
                    TimerOptions.newBuilder().setSummary(Summary.of(step, what)).build())));
    timer.run();
    Workflow.await(() -> passed.isCompleted() || unless.get());
    boolean happened = passed.isCompleted();
    if (!happened) {
      timer.cancel();
    }
    return happened;
  }
}
