package io.rekindle.run;

import org.jspecify.annotations.Nullable;

/** What people said, as it stands in a sentence. */
final class Said {
  private Said() {}

  private static final int NAME = 120;
  private static final int SENTENCE = 1_000;

  /** A name that somebody wrote, in a sentence about it. */
  static String shortened(String name) {
    return cut(name, NAME);
  }

  /** A sentence at a length that a run can carry by the hundred. */
  static String bounded(String sentence) {
    return cut(sentence, SENTENCE);
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "… (cut)";
  }

  /** Who says so, without blanks; empty where nobody does. */
  static String name(@Nullable String by) {
    String name = by == null ? "" : by.strip();
    return name.equals("…") ? "" : name;
  }

  /** A reason behind what it is the reason for; nothing where none was given. */
  static String because(@Nullable String reason) {
    return reason == null || reason.isBlank() ? "" : ": " + reason.strip();
  }

  /** Who did it, in a note. */
  static String by(@Nullable String by) {
    String name = name(by);
    return name.isEmpty() ? "" : " by " + name;
  }
}
