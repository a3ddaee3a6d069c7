package io.rekindle.run;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people said, as it stands in a sentence. */
final class Said {
  private Said() {}

  /** Who says so, without blanks; empty where nobody does. */
  static String name(@Nullable String by) {
    String name = by == null ? "" : by.strip();
    return name.equals("…") ? "" : name;
  }

  /** A reason behind what it is the reason for; nothing where none was given. */
  static String because(@Nullable String reason) {
    return reason == null || reason.isBlank() ? "" : ": " + reason;
  }

  /** What is accepted besides, in a note. */
  static String accepting(List<String> accepted) {
    return accepted.isEmpty() ? "" : "; accepted: " + String.join(", ", accepted);
  }

  /** Who did it, in a note. */
  static String by(@Nullable String by) {
    String name = name(by);
    return name.isEmpty() ? "" : " by " + name;
  }
}
