package io.rekindle.run;

import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * How much is written down of this execution: a server ends it at 51,200 events or 50 MiB.
 *
 * @param whole what Temporal's own cancel would cancel
 */
record History(CancellationScope whole) {
  /** As long as a run lasts, however long that is. */
  static final Duration FOR_EVER = Duration.ofDays(3650);

  private static final long MOST_EVENTS = 16_000;
  private static final long MOST_BYTES = 16 * 1024 * 1024;

  /**
   * Whether another execution can go on with the run. To the server every end of an execution that
   * it was told to cancel is a cancelled one, with nothing after it: so a cancel that was refused
   * keeps the run in the execution that refused it.
   */
  boolean canHaveAnother() {
    return !whole.isCancelRequested();
  }

  /** Whether the rest is better told by another execution, as soon as nothing is under way. */
  boolean isLong() {
    return Workflow.getInfo().isContinueAsNewSuggested() && canHaveAnother();
  }

  /** Whether what is under way must make way: looks are left, and no change is begun. */
  boolean isTooLong() {
    return canHaveAnother()
        && (Workflow.getInfo().getHistoryLength() > MOST_EVENTS
            || Workflow.getInfo().getHistorySize() > MOST_BYTES);
  }
}
