package io.rekindle.starter.rehearse;

/** Who answers at the gates of a rehearsal, and does its tasks. */
@FunctionalInterface
public interface Approver {
  Answer to(String question);

  /** What is answered. */
  enum Answer {
    YES,
    NO,
    /** Nobody is there. */
    NONE
  }
}
