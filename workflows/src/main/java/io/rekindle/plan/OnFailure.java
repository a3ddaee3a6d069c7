package io.rekindle.plan;

/** What happens when a step cannot go on. */
public enum OnFailure {
  ASK,
  ABORT
}
