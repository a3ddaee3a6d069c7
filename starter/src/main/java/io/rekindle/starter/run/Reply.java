package io.rekindle.starter.run;

import io.rekindle.run.RunState.Ruling;

/** What became of a decision that was sent. */
public sealed interface Reply {
  /** The run has answered. */
  record Ruled(Ruling ruling) implements Reply {}

  /** No worker answered: the server keeps the decision until one does. */
  record Kept() implements Reply {}
}
