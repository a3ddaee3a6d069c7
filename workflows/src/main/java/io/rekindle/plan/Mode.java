package io.rekindle.plan;

/** Why a plan runs. */
public enum Mode {
  /** The primary Region is presumed dead. */
  OUTAGE,
  /** Both Regions work: nothing may be lost. */
  PLANNED,
  /** Nobody must notice. */
  DRILL
}
