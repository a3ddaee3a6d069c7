package io.rekindle.run;

/** How a run went. */
public enum Outcome {
  /** The application serves from the recovery Region. */
  RECOVERED,
  FAILED_BACK,
  REJECTED,
  ABORTED,
  ROLLED_BACK
}
