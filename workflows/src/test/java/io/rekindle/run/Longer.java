package io.rekindle.run;

import io.rekindle.plan.Step;
import io.rekindle.plan.shape.Durations;
import io.rekindle.run.Played.Said;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/** How much longer people asked a gate to stay open. */
final class Longer {
  /** The most that a gate may be told at one time. */
  private static final Duration LONGEST = Duration.ofDays(7);

  private Longer() {}

  /** What was surely obeyed since it opened. */
  static Duration atLeast(Played played, Step gate, Instant opened) {
    return sum(
        played,
        extend -> gate.id().equals(extend.gate()),
        said -> played.isSure(said) && said.before().isAfter(opened));
  }

  /** What may have been obeyed between. */
  static Duration atMost(Played played, Step gate, Instant opened, Instant before) {
    return sum(
        played,
        extend -> extend.gate() == null || extend.gate().equals(gate.id()),
        said -> !said.after().isBefore(opened) && !said.before().isAfter(before));
  }

  /** Whether people surely had it that the gate asks nothing new at this time. */
  static boolean isHeld(Played played, Step gate, Instant when) {
    return played
        .said(Decision.Extend.class)
        .filter(said -> played.isSure(said) && said.after().isBefore(when))
        .anyMatch(said ->
            said.decision() instanceof Decision.Extend extend
                && gate.id().equals(extend.gate())
                && when.isBefore(said.before().plus(time(extend))));
  }

  private static Duration sum(
      Played played, Predicate<Decision.Extend> meant, Predicate<Said> when) {
    return played
        .said(Decision.Extend.class)
        .filter(said -> !said.wasRefused() && said.decision().run() == null)
        .filter(when)
        .map(said -> (Decision.Extend) said.decision())
        .filter(meant)
        .map(Longer::time)
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Nothing where it cannot be read, or is longer than anybody may ask for. */
  static Duration time(Decision.Extend extend) {
    try {
      Duration time = extend.time() == null ? Duration.ZERO : Durations.parse(extend.time());
      return time.compareTo(LONGEST) > 0 ? Duration.ZERO : time;
    } catch (IllegalArgumentException unreadable) {
      return Duration.ZERO;
    }
  }
}
