package io.rekindle.run;

import static io.rekindle.run.RunClock.now;

import io.rekindle.action.Observation;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** How long one attempt at a step may still take, and how soon its next change may be made. */
final class Budget {
  private static final int LONGEST = 6;

  private final String step;
  private final RunBook book;
  private final Map<String, Integer> made = new HashMap<>();
  private final Duration whole;
  private final Instant began = now();
  private final Duration pausedBefore;

  Budget(String step, RunBook book, Duration whole) {
    this.step = step;
    this.book = book;
    this.whole = whole;
    this.pausedBefore = book.pausedFor(began);
  }

  /** While the run is paused, time passes and nothing is spent. */
  private Duration spent() {
    Instant now = now();
    return Duration.between(began, now).minus(book.pausedFor(now)).plus(pausedBefore);
  }

  boolean isFresh() {
    return made.isEmpty();
  }

  boolean isOutOfTime() {
    return spent().compareTo(whole) > 0;
  }

  Duration left() {
    Duration left = whole.minus(spent());
    return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
  }

  /**
   * Waits until the change may be made: while the run is paused; and ever longer where it was made
   * and is due again, so that it cannot fill the history.
   */
  void awaitTurn(Observation.Due due) {
    int times = made.merge(due.change(), 1, Integer::sum) - 1;
    if (times > 0) {
      Timers.pass(
          Duration.ofSeconds(1L << Math.min(times, LONGEST)),
          step,
          due.change() + " is due again",
          book::isLeaving);
    }
    Workflow.await(() -> !book.isPaused() || book.isLeaving());
  }
}
