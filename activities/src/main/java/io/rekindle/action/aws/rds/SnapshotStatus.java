package io.rekindle.action.aws.rds;

import java.util.Set;
import software.amazon.awssdk.services.rds.model.DBSnapshot;

/**
 * A status of a DB snapshot. AWS has no page of them: these are in its API reference and in the
 * waiters of its SDKs. Any other may be new, so it is waited for and named.
 */
record SnapshotStatus(String word) {
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

  static SnapshotStatus of(DBSnapshot snapshot) {
    return new SnapshotStatus(String.valueOf(snapshot.status()));
  }

  /** Whether it can be copied and restored. */
  boolean isUsable() {
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
