package io.rekindle.starter;

/** What a person is told in one sentence, and a script by an exit code. */
public abstract class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ExitCode exitCode;
  private final String sentence;

  protected Failure(ExitCode exitCode, String sentence) {
    super(sentence, null, false, false);
    this.exitCode = exitCode;
    this.sentence = sentence;
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  public String sentence() {
    return sentence;
  }
}
