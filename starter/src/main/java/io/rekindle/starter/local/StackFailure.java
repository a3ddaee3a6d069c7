package io.rekindle.starter.local;

import io.rekindle.starter.ExitCode;
import io.rekindle.starter.Failure;

/** The local stack cannot go on; the sentence says why. */
public final class StackFailure extends Failure {
  private static final long serialVersionUID = 1;

  public StackFailure(String sentence) {
    super(ExitCode.FAILED, sentence);
  }
}
