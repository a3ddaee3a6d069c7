package io.rekindle.action.aws.probe;

import io.rekindle.action.Failures;
import io.temporal.failure.ApplicationFailure;

/** What one look of a probe showed, in words. */
record Evidence(boolean healthy, String seen) {
  static Evidence healthy(String seen) {
    return new Evidence(true, seen);
  }

  static Evidence failing(String seen) {
    return new Evidence(false, seen);
  }

  /** It could not be looked at. It is not tried again: a probe is one look. */
  static ApplicationFailure none(String why) {
    return Failures.lasting(Failures.UNREACHABLE, why);
  }
}
