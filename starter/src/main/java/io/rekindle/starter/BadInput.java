package io.rekindle.starter;

/** What was asked for cannot be done; the sentence says why. */
public final class BadInput extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String sentence;

  public BadInput(String sentence) {
    super(sentence, null, false, false);
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }
}
