package io.rekindle.plan.shape;

import java.util.Collection;
import java.util.Comparator;
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
    return valid.stream()
        .map(word -> new Candidate(word, distance(written, word)))
        .filter(candidate -> candidate.distance() <= Math.max(1, Math.min(3, written.length() / 3)))
        .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::word))
        .map(Candidate::word)
        .or(() -> byLastPart(written, valid));
  }

  private record Candidate(String word, int distance) {}

  private static Optional<String> byLastPart(String written, Collection<String> valid) {
    String part = written.substring(written.lastIndexOf('.') + 1);
    return valid.stream()
        .filter(word -> word.contains("."))
        .filter(word -> word.substring(word.lastIndexOf('.') + 1).equalsIgnoreCase(part))
        .findFirst();
  }

  /** Insertions, deletions, replacements and swaps of neighbours; case counts for nothing. */
  static int distance(String left, String right) {
    String from = left.toLowerCase(Locale.ROOT);
    String to = right.toLowerCase(Locale.ROOT);
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      cost[i][0] = i;
    }
    for (int j = 0; j <= to.length(); j++) {
      cost[0][j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      for (int j = 1; j <= to.length(); j++) {
        int replace = cost[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        if (i > 1
            && j > 1
            && from.charAt(i - 1) == to.charAt(j - 2)
            && from.charAt(i - 2) == to.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[from.length()][to.length()];
  }
}
