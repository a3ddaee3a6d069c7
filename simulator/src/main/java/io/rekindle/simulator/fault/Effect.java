package io.rekindle.simulator.fault;

/** What happens to a call that a fault hits. */
public enum Effect {
  /** It is refused; nothing is done. */
  REFUSED,
  /** The connection ends without an answer; nothing is done. */
  CUT,
  /** Nothing is answered and nothing is done, until the fault ends. */
  SILENT,
  /** It is done, but the connection ends without an answer. */
  ANSWER_LOST
}
