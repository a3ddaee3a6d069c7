package io.rekindle.starter;

/** No Temporal server answered; the sentence says where one was looked for. */
public final class Unreachable extends Failure {
  private static final long serialVersionUID = 1;

  public Unreachable(String sentence) {
    super(ExitCode.UNREACHABLE, sentence);
  }
}
