package io.rekindle.starter;

/** What scripts can rely on. */
public enum ExitCode {
  DONE(0),
  /** The run failed, was rejected or aborted. */
  FAILED(1),
  BAD_INPUT(2),
  /** The server cannot be reached. */
  UNREACHABLE(3),
  /** A person must decide. */
  WAITING(4);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
