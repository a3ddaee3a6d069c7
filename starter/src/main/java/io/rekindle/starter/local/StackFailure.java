package io.rekindle.starter.local;

/** The local stack cannot go on; the message says why, in one sentence. */
public final class StackFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StackFailure(String sentence) {
    super(sentence);
  }

  public String sentence() {
    return String.valueOf(getMessage());
  }
}
