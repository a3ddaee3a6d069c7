package io.rekindle.run;

/** Where a run is. */
public enum Phase {
  ASSESSING,
  WAITING,
  RECOVERING,
  SERVING,
  FAILING_BACK,
  ROLLING_BACK
}
