package io.rekindle.run;

import io.temporal.workflow.Workflow;

/** How much is written down of this execution: a server ends it at 51,200 events or 50 MiB. */
final class History {
  private static final long MOST_EVENTS = 16_000;
  private static final long MOST_BYTES = 16 * 1024 * 1024;

  private History() {}

  /** Whether the rest is better told by another execution, as soon as nothing is under way. */
  static boolean isLong() {
    return Workflow.getInfo().isContinueAsNewSuggested();
  }

  /** Whether what is under way must make way: looks are left, and no change is begun. */
  static boolean isTooLong() {
    return Workflow.getInfo().getHistoryLength() > MOST_EVENTS
        || Workflow.getInfo().getHistorySize() > MOST_BYTES;
  }
}
