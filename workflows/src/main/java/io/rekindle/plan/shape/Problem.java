package io.rekindle.plan.shape;

import java.util.Optional;

/**
 * One thing that is wrong with a plan.
 *
 * @param what the sentence, without an end point
 * @param where the path in the plan, {@code failover.database.with.class}; empty for the whole file
 * @param nearest the valid word that was probably meant
 */
public record Problem(Place place, String what, String where, Optional<String> nearest) {
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
