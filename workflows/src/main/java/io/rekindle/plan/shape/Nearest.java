package io.rekindle.plan.shape;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the valid word that a misspelt one probably meant. */
public final class Nearest {
  private static final int LONGEST_WORD = 80;

  private Nearest() {}

  public static Optional<String> to(String written, Collection<String> valid) {
    if (written.isEmpty() || written.length() > LONGEST_WORD) {
      return Optional.empty();
    }
    String wanted = written.toLowerCase(Locale.ROOT);
    int limit = Math.clamp(written.length() / 3, 1, 3);
    Optional<String> nearest = Optional.empty();
    for (String word : valid) {
      int distance = distance(wanted, word.toLowerCase(Locale.ROOT), limit);
      boolean isFirst = nearest.filter(former -> former.compareTo(word) < 0).isEmpty();
      if (distance < Math.max(written.length(), word.length())
          && (distance < limit || (distance == limit && isFirst))) {
        nearest = Optional.of(word);
        limit = distance;
      }
    }
    return nearest.or(() -> byLastPart(written, valid));
  }

  private static Optional<String> byLastPart(String written, Collection<String> valid) {
    String part = written.substring(written.lastIndexOf('.') + 1);
    return valid.stream()
        .filter(word -> word.contains("."))
        .filter(word -> word.substring(word.lastIndexOf('.') + 1).equalsIgnoreCase(part))
        .findFirst();
  }

  /**
   * Insertions, deletions, replacements and swaps of neighbours, or one more than the limit as soon
   * as it is sure to be exceeded: plans may have a thousand names to compare with a thousand.
   */
  static int distance(String from, String to, int limit) {
    if (Math.abs(from.length() - to.length()) > limit) {
      return limit + 1;
    }
    int[] twoAbove = new int[to.length() + 1];
    int[] above = new int[to.length() + 1];
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      row[0] = i;
      int least = i;
      for (int j = 1; j <= to.length(); j++) {
        int replace = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replace, Math.min(above[j], row[j - 1]) + 1);
        if (areSwapped(from, i, to, j)) {
          row[j] = Math.min(row[j], twoAbove[j - 2] + 1);
        }
        least = Math.min(least, row[j]);
      }
      if (least > limit) {
        return limit + 1;
      }
      int[] free = twoAbove;
      twoAbove = above;
      above = row;
      row = free;
    }
    return Math.min(above[to.length()], limit + 1);
  }

  private static boolean areSwapped(String from, int i, String to, int j) {
    return i > 1
        && j > 1
        && from.charAt(i - 1) == to.charAt(j - 2)
        && from.charAt(i - 2) == to.charAt(j - 1);
  }
}
