package io.rekindle.plan.shape;

import java.util.Optional;

/** Refuses a text and knows what was probably meant. */
public final class Suggesting extends IllegalArgumentException {
  private static final long serialVersionUID = 1;
  private final transient Optional<String> nearest;

  public Suggesting(String sentence, Optional<String> nearest) {
    super(sentence);
    this.nearest = nearest;
  }

  Optional<String> nearest() {
    return nearest;
  }
}
