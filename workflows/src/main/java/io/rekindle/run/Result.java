package io.rekindle.run;

import java.util.Map;

/** How an attempt at a whole step ended. */
sealed interface Result {
  record Finished(Map<String, String> outputs) implements Result {}

  /**
   * @param passes whether it may go on by itself, once what is silent or busy answers
   */
  record Stuck(String why, boolean passes) implements Result {
    /** Only a person can make it go on. */
    Stuck(String why) {
      this(why, false);
    }
  }

  /** A fence does not hold: traffic moves only when a person accepts that. */
  record Unfenced(String why) implements Result {}

  /** The run ends; the step stays where it is. */
  record Left() implements Result {}
}
