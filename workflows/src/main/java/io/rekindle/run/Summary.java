package io.rekindle.run;

/** What Temporal shows beside an activity or a timer. */
final class Summary {
  private Summary() {}

  static String of(String step, String what) {
    return Limit.SUMMARY.cut(step + ": " + what);
  }
}
