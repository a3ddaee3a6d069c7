package io.rekindle.action.aws.probe;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import java.util.function.Supplier;

/** The three answers of a probe. */
final class Evidence {
  private Evidence() {}

  static Observation healthy(String seen) {
    return new Settled(Map.of("seen", seen));
  }

  static Observation failing(String seen) {
    return new Broken(seen);
  }

  /** It could not be looked at. It is not tried again: a probe is one look. */
  static ApplicationFailure none(String why) {
    return Failures.lasting(Failures.UNREACHABLE, why);
  }

  /** Whether there would be evidence now, whatever it says. */
  static Readiness check(Supplier<Observation> look) {
    try {
      return switch (look.get()) {
        case Settled healthy ->
            new Readiness(true, healthy.outputs().getOrDefault("seen", "healthy"), null);
        case Broken failing -> new Readiness(true, failing.why(), null);
        case Observation.Due due -> new Readiness(false, due.change(), null);
        case Observation.Foreign foreign -> new Readiness(false, foreign.owner(), null);
      };
    } catch (ApplicationFailure none) {
      return new Readiness(false, none.getOriginalMessage(), null);
    }
  }
}
