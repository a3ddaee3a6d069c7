package io.rekindle.starter;

/** No Temporal server answered; the sentence says where one was looked for. */
public final class Unreachable extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String sentence;

  public Unreachable(String sentence) {
    super(sentence, null, false, false);
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }
}
