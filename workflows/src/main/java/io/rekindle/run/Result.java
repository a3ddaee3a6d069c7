package io.rekindle.run;

import java.util.Map;

/** How an attempt at a whole step ended. */
sealed interface Result {
  record Finished(Map<String, String> outputs) implements Result {}

  record Stuck(String why) implements Result {}

  /** A fence does not hold: traffic moves only when a person accepts that. */
  record Unfenced(String why) implements Result {}

  /** The run ends; the step stays where it is. */
  record Left() implements Result {}
}
