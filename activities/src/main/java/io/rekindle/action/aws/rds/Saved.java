package io.rekindle.action.aws.rds;

import io.rekindle.action.Readiness.RecoveryPoint;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a DB instance or of an Aurora cluster.
 *
 * @param percent how much of it is done
 * @param time up to which it holds data; null where AWS does not tell
 * @param database that it was taken of
 */
public record Saved(
    String name,
    String arn,
    SnapshotStatus status,
    int percent,
    @Nullable Instant time,
    Map<String, String> tags,
    String database) {

  /** What it was copied from, as its copier noted it; empty where nobody did. */
  public String source() {
    return tags.getOrDefault(Snapshots.SOURCE_TAG, "");
  }

  public RecoveryPoint point() {
    return new RecoveryPoint(arn, Objects.requireNonNullElse(time, Instant.EPOCH));
  }
}
