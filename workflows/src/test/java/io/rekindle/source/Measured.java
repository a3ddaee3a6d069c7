package io.rekindle.source;

import java.util.List;
import java.util.Locale;

/**
 * A figure as it is now.
 *
 * @param because what makes it so, the worst first
 */
record Measured(double number, List<String> because) {
  static Measured of(double number) {
    return new Measured(number, List.of());
  }

  @Override
  public String toString() {
    return number == Math.rint(number)
        ? String.valueOf((long) number)
        : String.format(Locale.ROOT, "%.2f", number);
  }
}
