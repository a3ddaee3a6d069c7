package io.rekindle.action;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a step could succeed right now.
 *
 * @param evidence what was seen, in one sentence
 * @param recoveryPoint for steps that bring data back: what they would restore
 */
public record Readiness(boolean ready, String evidence, @Nullable RecoveryPoint recoveryPoint) {

  /**
   * @param time the time up to which it holds data
   */
  public record RecoveryPoint(String id, Instant time) {
    /** Whether it is the same copy; what is written to it all the time gets younger. */
    public boolean isTheSame(RecoveryPoint other) {
      return id.equals(other.id);
    }
  }
}
