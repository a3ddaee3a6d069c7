package io.rekindle.action;

import io.rekindle.plan.shape.Shapes;

/** What can be asked of a kind. The activity type that people see is {@code <kind>.<verb>}. */
public enum Verb {
  /**
   * Reads only, and answers an {@link Observation}. While ours is in progress the attempt fails
   * benignly with the delay until the next look, so that waiting costs no thread and no history.
   */
  OBSERVE,
  /**
   * Makes the one change named by the recorded {@link Observation.Due}: looks first, returns if it
   * is no longer due, adopts what is ours, never waits.
   */
  APPLY,
  /**
   * Takes back what was made, newest first, one move an attempt; repeatable; refuses what is not
   * ours.
   */
  UNDO,
  /** Whether the step could succeed right now; never a change. */
  CHECK;

  public String activityType(String kind) {
    return kind + "." + Shapes.word(this);
  }
}
