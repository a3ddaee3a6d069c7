package io.rekindle.run;

import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.step.Facts.Role;

/** In which turn each step is taken back where users have to be taken home. */
record Withdrawal(StepGraph graph) {

  /** The first come first. */
  enum Turn {
    /** Nothing is taken from under them. */
    USERS,
    WHAT_SERVES,
    /** Below the data, and serving all the same: two sides never write at once. */
    WHAT_SERVES_BELOW,
    /** What was shut off at home works again, the data before what needs it to come up. */
    FENCES_OF_DATA,
    FENCES,
    /**
     * The data that was brought back: putting it away takes long, and home waits for it no more.
     */
    DATA
  }

  Turn turn(Step step) {
    if (step.fence()) {
      return step.kind().hasRole(Role.DATA) ? Turn.FENCES_OF_DATA : Turn.FENCES;
    }
    if (step.movesTraffic()) {
      return Turn.USERS;
    }
    if (!isBelow(step)) {
      return Turn.WHAT_SERVES;
    }
    return isServedBelow() ? Turn.WHAT_SERVES_BELOW : Turn.DATA;
  }

  /** Whether what was brought back rests on it, or is it. */
  private boolean isBelow(Step step) {
    return step.kind().recoversData()
        || graph.steps().stream()
            .filter(store -> store.kind().recoversData())
            .anyMatch(store -> graph.isBefore(step.id(), store.id()));
  }

  private boolean isServedBelow() {
    return graph.steps().stream()
        .filter(step -> Conclusion.serves(step, Section.FAILOVER))
        .anyMatch(this::isBelow);
  }
}
