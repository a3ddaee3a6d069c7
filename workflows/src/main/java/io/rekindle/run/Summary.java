package io.rekindle.run;

/** What Temporal shows beside an activity or a timer. */
final class Summary {
  /** What fits on a line of the Web UI's timeline. */
  private static final int LONGEST = 120;

  private Summary() {}

  static String of(String step, String what) {
    String text = step + ": " + what;
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
  }
}
