package io.rekindle.starter.command;

import java.util.ArrayList;
import java.util.List;

/** Breaks lines between words. */
final class Wrap {
  private Wrap() {}

  /** At least one line; a word longer than the width keeps a line to itself. */
  static List<String> lines(String text, int width) {
    String indent = text.substring(0, text.length() - text.stripLeading().length());
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(indent);
    for (String word : text.strip().split(" ", -1)) {
      if (!line.toString().isBlank() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      if (!line.toString().isBlank()) {
        line.append(' ');
      }
      line.append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
