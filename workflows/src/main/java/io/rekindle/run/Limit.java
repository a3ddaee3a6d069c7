package io.rekindle.run;

import java.util.ArrayList;
import java.util.List;

/**
 * What leaves for the server is no longer than it takes, and than people read: the one place where
 * texts are cut, always with a word that says so. Counted are bytes as they travel, in JSON.
 */
enum Limit {
  /** A search attribute: a column of PostgreSQL, which ends a run over it, as SQLite does not. */
  KEYWORD(255, " …"),
  /** What fits on a line of the Web UI's timeline; the server takes 400. */
  SUMMARY(120, "…"),
  /** Who said something, or what something is called. */
  NAME(300, "…"),
  /** What people are told, or told us, at one time. */
  SENTENCE(2_000, " … (%,d characters in all)"),
  /** How a run ended: the server cuts what is much longer itself, and says nothing. */
  MESSAGE(8_000, " … (%,d characters in all)"),
  /** The table in the current details, which the Web UI shows as a whole. */
  DETAILS(200_000, " … (%,d characters in all)");

  /** The most that one character takes: a control character, or half of a surrogate pair. */
  private static final int HEAVIEST = 6;

  private final int most;
  private final String word;

  Limit(int most, String word) {
    this.most = most;
    this.word = word;
  }

  boolean takes(String text) {
    return fits(text, most);
  }

  String cut(String text) {
    return cut(text, most);
  }

  /**
   * To less than usual, where many such texts travel together.
   *
   * @param most at least what the word takes that something was cut
   */
  String cut(String text, int most) {
    if (fits(text, most)) {
      return text;
    }
    String cut = word.formatted(text.length());
    return begin(text, most - weight(cut)) + cut;
  }

  /** As many of the parts as fit whole, and a word on how many there are besides. */
  String join(String separator, List<String> parts) {
    return String.join(separator, first(parts, separator, most));
  }

  /** The same before they are joined. */
  static List<String> first(List<String> parts, String separator, int most) {
    if (fits(String.join(separator, parts), most)) {
      return parts;
    }
    List<String> first = new ArrayList<>();
    int left = most - weight(separator + more(parts.size()));
    for (String part : parts) {
      left -= weight(part + separator);
      if (left < 0) {
        break;
      }
      first.add(part);
    }
    first.add(more(parts.size() - first.size()));
    return first;
  }

  private static String more(int count) {
    return "and %,d more".formatted(count);
  }

  private static boolean fits(String text, int most) {
    return text.length() <= most / HEAVIEST || text.length() <= most && weight(text) <= most;
  }

  /** The bytes of a text as it travels. */
  static int weight(String text) {
    int weight = 0;
    for (int i = 0; i < text.length(); i++) {
      weight += weight(text.charAt(i));
    }
    return weight;
  }

  private static int weight(char character) {
    if (character < ' ' || Character.isSurrogate(character)) {
      return HEAVIEST;
    }
    if (character == '"' || character == '\\') {
      return 2;
    }
    return character < 0x80 ? 1 : character < 0x800 ? 2 : 3;
  }

  private static String begin(String text, int most) {
    int end = 0;
    for (int left = most - weight(text.charAt(0)); left >= 0; left -= weight(text.charAt(end))) {
      end++;
    }
    boolean splits = end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, splits ? end - 1 : end);
  }
}
