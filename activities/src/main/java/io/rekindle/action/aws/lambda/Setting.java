package io.rekindle.action.aws.lambda;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a concurrency is set to, and how far AWS has come with it.
 *
 * @param status in AWS's word
 * @param reason in AWS's words; empty where there is none
 */
record Setting(Former former, String status, String reason) {
  static final String READY = "READY";

  /**
   * What history holds.
   *
   * @param count null where none is set, which is not 0: 0 lets nothing run
   */
  record Former(@Nullable Integer count) {
    String inWords() {
      return count == null ? "not set" : String.valueOf(count);
    }
  }

  /** What AWS sets at once. */
  static Setting ready(@Nullable Integer count) {
    return new Setting(new Former(count), READY, "");
  }

  boolean isAt(Former wanted) {
    return Objects.equals(former.count(), wanted.count());
  }

  boolean isReady() {
    return status.equals(READY);
  }

  boolean hasFailed() {
    return status.equals("FAILED");
  }
}
