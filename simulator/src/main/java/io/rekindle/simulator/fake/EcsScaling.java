package io.rekindle.simulator.fake;

import java.time.Duration;
import java.time.Instant;

/**
 * A service on its way from one count of tasks to another.
 *
 * @param deploys whether it began a deployment
 * @param fails whether new tasks never stay up
 */
record EcsScaling(int from, int to, Instant begun, Instant until, boolean deploys, boolean fails) {
  static final String FAILED = "FAILED";

  /** So many tasks in a row fail at least, before anybody can call it a failure. */
  private static final int LEAST_FAILURES = 3;

  int running(Instant now) {
    if (to < from) {
      return now.isBefore(halfWay()) ? from : to;
    }
    return now.isBefore(until) || fails ? from : to;
  }

  /** A service counts no task that was told to stop, though its containers still run. */
  private Instant halfWay() {
    return begun.plus(Duration.between(begun, until).dividedBy(2));
  }

  int pending(Instant now) {
    return Math.max(0, to - running(now));
  }

  String rollout(Instant now) {
    if (!deploys) {
      return "COMPLETED";
    }
    return now.isBefore(until) ? "IN_PROGRESS" : fails ? FAILED : "COMPLETED";
  }

  boolean hasFailed(Instant now) {
    return fails && !now.isBefore(until);
  }

  /**
   * What ECS tells of its deployment: once that had a task that ran, failures are no longer
   * counted.
   */
  int failedTasks(Instant now) {
    return deploys ? failures(now) : 0;
  }

  /** How many tasks could not start by now, the first of them early on. */
  int failures(Instant now) {
    if (!fails || now.isBefore(firstFailure())) {
      return 0;
    }
    return hasFailed(now) ? Math.max(LEAST_FAILURES, to) : 1;
  }

  private Instant firstFailure() {
    return begun.plus(Duration.between(begun, until).dividedBy(4));
  }

  /** How many tasks it has told to stop by now. */
  int stopped(Instant now) {
    return now.isBefore(halfWay()) ? 0 : Math.max(0, from - to);
  }
}
