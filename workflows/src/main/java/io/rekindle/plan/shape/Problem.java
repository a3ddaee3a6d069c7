package io.rekindle.plan.shape;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One thing that is wrong with a plan.
 *
 * @param what the sentence, without an end point
 * @param where the path in the plan, {@code failover.database.with.class}; empty for the whole file
 * @param nearest the valid word that was probably meant
 */
public record Problem(Place place, String what, String where, Optional<String> nearest) {
  /** More are not looked for: nobody reads on, and each costs a search for what was meant. */
  public static final int MOST = 1_000;

  private static final Pattern CONTROLS =
      Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{2028}\\x{2029}]+");
  private static final int LONGEST = 500;

  /** One line, however strange the plan, and no longer than anyone reads. */
  public Problem {
    what = line(what);
    where = line(where);
  }

  private static String line(String text) {
    String line = hasControls(text) ? CONTROLS.matcher(text).replaceAll(" ") : text;
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 3) + "...";
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
  }

  public static Problem at(Place place, String where, String what) {
    return new Problem(place, what, where, Optional.empty());
  }

  public Problem meaning(Optional<String> word) {
    return new Problem(place, what, where, word);
  }

  /** The whole sentence, without the place. */
  public String sentence() {
    return what
        + (where.isEmpty() ? "" : ", in " + where)
        + nearest.map(word -> "; did you mean '" + word + "'?").orElse("");
  }
}
