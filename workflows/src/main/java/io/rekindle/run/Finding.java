package io.rekindle.run;

/**
 * What a step's own check says, before people decide.
 *
 * @param says what was seen, and what to do about it
 */
public record Finding(String step, Verdict verdict, String says) {
  private static final String CHECK = "check:";

  /** Whether a step could succeed right now. */
  public enum Verdict {
    PASS,
    /** It will not work, unless something is mended first. */
    FAIL,
    /** Nobody answered the question. */
    UNKNOWN,
    /** It cannot be asked before other steps are over. */
    LATER
  }

  /** By which a person accepts that it fails. */
  public String name() {
    return CHECK + step;
  }

  /** For those who decide, of one that fails. */
  String failure() {
    return name() + " fails: " + says;
  }

  public boolean is(Verdict other) {
    return verdict == other;
  }

  Finding ofAtMost(int bytes) {
    return new Finding(step, verdict, Limit.SENTENCE.cut(says, bytes));
  }
}
