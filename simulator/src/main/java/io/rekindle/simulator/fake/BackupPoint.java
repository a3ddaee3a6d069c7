package io.rekindle.simulator.fake;

import java.time.Instant;

/**
 * A recovery point as it came into a vault.
 *
 * @param database of which it is, by the ARN that this has in its own Region
 * @param created when the data was saved: "the creation date refers to when the source was created,
 *     not when the copy was created"
 * @param snapshot what it holds, by the ARN of a snapshot of that database
 * @param status as AWS Backup says it
 * @param infected whether a scan found malware in it
 */
public record BackupPoint(
    String database, Instant created, String snapshot, String status, boolean infected) {
  public static BackupPoint copyOf(String database, Instant created, String snapshot) {
    return new BackupPoint(database, created, snapshot, "COMPLETED", false);
  }

  /** The same in another status. */
  public BackupPoint in(String other) {
    return new BackupPoint(database, created, snapshot, other, infected);
  }

  /** The same after a scan that found malware. */
  public BackupPoint withMalware() {
    return new BackupPoint(database, created, snapshot, status, true);
  }

  boolean isCluster() {
    return database.contains(":cluster:");
  }
}
