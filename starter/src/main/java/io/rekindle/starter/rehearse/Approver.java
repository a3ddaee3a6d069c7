package io.rekindle.starter.rehearse;

import io.rekindle.run.RunState.Gate;

/** Who answers at the gates of a rehearsal. */
@FunctionalInterface
public interface Approver {
  Answer at(Gate gate);

  /** What is answered. */
  enum Answer {
    YES,
    NO,
    /** Nobody is there. */
    NONE
  }
}
