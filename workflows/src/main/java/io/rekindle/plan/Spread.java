package io.rekindle.plan;

import io.rekindle.plan.shape.Durations;
import io.rekindle.plan.step.Facts;
import java.time.Duration;

/** How long something typically takes, and where that is known from. */
public record Spread(Duration min, Duration likely, Duration max, String source) {
  private static final String ESTIMATE = "estimate";
  private static final String TOLD = "the step's own field";

  public Spread {
    if (min.compareTo(likely) > 0 || likely.compareTo(max) > 0) {
      throw new IllegalArgumentException("A spread goes from min over likely to max.");
    }
  }

  static Spread of(Facts.Lasts lasts) {
    return new Spread(
        Durations.parse(lasts.min()),
        Durations.parse(lasts.likely()),
        Durations.parse(lasts.max()),
        lasts.source());
  }

  public static Spread exactly(Duration duration, String source) {
    return new Spread(duration, duration, duration, source);
  }

  public boolean isEstimate() {
    return source.equals(ESTIMATE);
  }

  /** Whether each step says itself how long it takes. */
  public boolean isTold() {
    return source.equals(TOLD);
  }

  @Override
  public String toString() {
    return min.equals(max)
        ? Durations.format(likely)
        : Durations.format(min)
            + " to "
            + Durations.format(max)
            + ", likely "
            + Durations.format(likely);
  }
}
