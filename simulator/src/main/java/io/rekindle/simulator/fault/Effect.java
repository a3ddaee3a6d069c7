package io.rekindle.simulator.fault;

/** What happens to a call that a fault hits. */
public enum Effect {
  /** Refused, because there were too many. */
  THROTTLED,
  /** Refused, because the service is not available. */
  UNAVAILABLE,
  /** Refused, because the credentials have expired. */
  EXPIRED,
  /** The connection ends without an answer; nothing was done. */
  CUT,
  /** Nothing is answered and nothing is done, until the fault ends. */
  SILENT,
  /** It is done, but the connection ends without an answer. */
  ANSWER_LOST
}
