package io.rekindle.plan;

/** The two ends of a recovery. They never swap meaning, also in failback. */
public enum Side {
  PRIMARY,
  RECOVERY
}
