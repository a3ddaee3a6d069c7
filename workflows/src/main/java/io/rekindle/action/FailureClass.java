package io.rekindle.action;

/** What a failure calls for: whether to try again, and who can put it right. */
public enum FailureClass {
  /** Throttling, a server error, a connection that broke: the same call may work in a moment. */
  RETRY(true),
  /** Something is busy with another change: it works when that is over. */
  WAIT_STATE(true),
  /** AWS has no room for it: another size or zone may have. */
  CAPACITY(false),
  /** The account may not have more of it. */
  QUOTA(false),
  /** The role may not do it, or the key may not be used. */
  ACCESS(false),
  /** The call itself is wrong, or something that it names is not there. */
  FATAL(false);

  private final boolean passes;

  FailureClass(boolean passes) {
    this.passes = passes;
  }

  /** Whether it may pass by itself; otherwise a person must look. */
  public boolean passes() {
    return passes;
  }
}
