package io.rekindle.starter;

/** What was asked for cannot be done; the sentence says why. */
public final class BadInput extends Failure {
  private static final long serialVersionUID = 1;

  public BadInput(String sentence) {
    super(ExitCode.BAD_INPUT, sentence);
  }
}
