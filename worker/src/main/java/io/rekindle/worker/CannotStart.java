package io.rekindle.worker;

/** Why no work can be done; the sentence says what a person can do about it. */
final class CannotStart extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String sentence;

  CannotStart(String sentence) {
    super(sentence, null, false, false);
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }
}
