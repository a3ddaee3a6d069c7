package io.rekindle.forecast;

import io.rekindle.plan.Spread;
import java.util.SplittableRandom;

/**
 * Durations as a seed draws them. The same seed gives the same thing the same duration, whatever
 * else happens; so a rehearsal and a forecast of one seed can be compared.
 */
public record Draw(long seed) {

  /** Names what lasts: a change of a step, under a generation. */
  public static long lot(String step, int generation, String what) {
    return (step + "/g" + generation + "/" + what).hashCode();
  }

  /** In seconds. */
  public double of(Spread spread, long lot) {
    return spread.at(new SplittableRandom(seed * 0x9E3779B97F4A7C15L + lot).nextDouble());
  }
}
