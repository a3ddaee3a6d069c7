package io.rekindle.action.aws.rds;

import io.rekindle.action.aws.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How far a read replica was behind its source in one minute.
 *
 * @param minute when that began
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PostgreSQL.Replication.ReadReplicas.Monitor.html">
 *     Monitoring and tuning the replication process</a>
 */
record ReplicaLag(Instant minute, Duration lag) {
  /** Whatever is older says nothing of now. */
  private static final Duration RECENT = Duration.ofMinutes(10);

  /**
   * The newest that CloudWatch shows. Where replication does not run, MySQL and MariaDB report
   * minus one, which is none.
   */
  static Optional<ReplicaLag> of(Work<?> work, String replica) {
    return new InstanceMetric(work, replica, "ReplicaLag")
        .newestSince(Instant.now().minus(RECENT).truncatedTo(ChronoUnit.MINUTES))
        .filter(seen -> seen.value() >= 0)
        .map(seen ->
            new ReplicaLag(seen.minute(), Duration.ofMillis(Math.round(seen.value() * 1000))));
  }

  /** What the source had committed by then has arrived. */
  Instant recoveryPoint() {
    return minute.minus(lag).truncatedTo(ChronoUnit.SECONDS);
  }

  String says() {
    return "lagged %ds at %s".formatted(lag.toSeconds(), minute);
  }
}
