package io.rekindle.action.aws.rds;

import java.util.Set;

/**
 * A status of a snapshot, of an instance or a cluster. AWS has no page of them: these are in its
 * API reference and in the waiters of its SDKs. Any other may be new, so it is waited for and
 * named.
 */
public record SnapshotStatus(String word) {
  private static final Set<String> GOOD = Set.of("available");
  private static final Set<String> IN_PROGRESS = Set.of("creating", "copying", "modifying");

  private static final Set<String> BAD =
      Set.of(
          "deleted",
          "deleting",
          "failed",
          "incompatible-network",
          "incompatible-parameters",
          "incompatible-restore");

  /** Whether it can be copied and restored. */
  public boolean isUsable() {
    return GOOD.contains(word);
  }

  /** Whether waiting does not help. */
  boolean isBad() {
    return BAD.contains(word);
  }

  /** How it is, after its name. */
  String says() {
    boolean known = isUsable() || isBad() || IN_PROGRESS.contains(word);
    return "is '" + word + "'" + (known ? "" : ", which Rekindle does not know, and waits for");
  }
}
