package io.rekindle.plan.iam;

/** What a step needs depends on what nobody has told yet; the message says what to tell. */
public final class NotForeseen extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String sentence;

  NotForeseen(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  public String sentence() {
    return sentence;
  }
}
