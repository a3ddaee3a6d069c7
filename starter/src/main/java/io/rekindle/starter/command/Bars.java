package io.rekindle.starter.command;

import java.time.Duration;

/** Bars and times for terminals. */
final class Bars {
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

  private Bars() {}

  /** A bar from one share of the width to another, never without any ink. */
  static String bar(double from, double to, int width) {
    int start = (int) Math.round(from * width);
    double length = to * width - start;
    int full = (int) Math.max(0, Math.floor(length));
    int rest = (int) Math.floor((length - full) * 8);
    String tail = rest > 0 ? EIGHTHS.substring(rest, rest + 1) : "";
    String ink = "█".repeat(full) + tail;
    start = Math.min(start, width - 1);
    String bar = " ".repeat(start) + (ink.isEmpty() ? "▏" : ink);
    return bar.length() > width ? bar.substring(0, width) : bar;
  }

  /** The same, of something that does not move. */
  static String stuck(double from, double to, int width) {
    int start = Math.min((int) Math.round(from * width), width - 1);
    int end = Math.clamp(Math.round(to * width), start + 1, width);
    return " ".repeat(start) + "░".repeat(end - start);
  }

  /**
   * A time as long as it needs to be: {@code 45s}, {@code 7m30s}, {@code 38m}, {@code 2h}, {@code
   * 2h05m}.
   */
  static String time(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 600) {
      return seconds % 60 == 0
          ? seconds / 60 + "m"
          : "%dm%02ds".formatted(seconds / 60, seconds % 60);
    }
    long minutes = Math.round(seconds / 60.0);
    if (minutes < 60) {
      return minutes + "m";
    }
    return minutes % 60 == 0
        ? minutes / 60 + "h"
        : "%dh%02dm".formatted(minutes / 60, minutes % 60);
  }
}
