package io.rekindle.plan;

import io.rekindle.plan.shape.Durations;
import io.rekindle.plan.step.Action.Lasts;
import io.rekindle.plan.step.Sources;
import java.time.Duration;

/** How long something typically takes, and where that is known from. */
public record Spread(Duration min, Duration likely, Duration max, String source) {
  public Spread {
    if (min.compareTo(likely) > 0 || likely.compareTo(max) > 0) {
      throw new IllegalArgumentException("A spread goes from min over likely to max.");
    }
  }

  static Spread of(Lasts lasts) {
    return new Spread(
        Durations.parse(lasts.min()),
        Durations.parse(lasts.likely()),
        Durations.parse(lasts.max()),
        lasts.source());
  }

  public static Spread exactly(Duration duration, String source) {
    return new Spread(duration, duration, duration, source);
  }

  /**
   * The duration in seconds at a share of the triangle over min, likely and max: few facts deserve
   * no finer curve.
   *
   * @param drawn from 0 to 1
   */
  public double at(double drawn) {
    double from = seconds(min);
    double to = seconds(max);
    if (to <= from) {
      return from;
    }
    double peak = (seconds(likely) - from) / (to - from);
    return drawn < peak
        ? from + Math.sqrt(drawn * (to - from) * (seconds(likely) - from))
        : to - Math.sqrt((1 - drawn) * (to - from) * (to - seconds(likely)));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  public boolean isEstimate() {
    return source.equals(Sources.ESTIMATE);
  }

  /** Whether each step says itself how long it takes. */
  public boolean isTold() {
    return source.equals(Sources.TOLD);
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
