package io.rekindle.action.aws;

import java.time.Duration;

/**
 * How long the pauses between looks are, compared with what suits AWS: a simulated AWS that runs
 * faster is looked at more often.
 */
public record Pace(double factor) {
  public static final Pace OF_AWS = new Pace(1);

  public Pace {
    if (!(factor >= 0 && factor <= 10)) {
      throw new IllegalArgumentException("A pace of " + factor + " is not between 0 and 10.");
    }
  }

  public Duration of(Duration pause) {
    return Duration.ofMillis((long) (pause.toMillis() * factor));
  }
}
