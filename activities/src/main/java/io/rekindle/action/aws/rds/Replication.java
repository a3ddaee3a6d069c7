package io.rekindle.action.aws.rds;

import java.util.Optional;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBInstanceStatusInfo;

/** What AWS shows of a read replica beside its status. */
final class Replication {
  private Replication() {}

  static boolean isReplica(DBInstance instance) {
    return sourceOf(instance).isPresent();
  }

  /** By its ARN where that is in another Region; empty for an instance of its own. */
  static Optional<String> sourceOf(DBInstance instance) {
    return Optional.ofNullable(instance.readReplicaSourceDBInstanceIdentifier())
        .filter(source -> !source.isEmpty());
  }

  /**
   * Why it does not go on; empty while it does.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.Monitoring.html">
   *     Monitoring read replication</a>
   */
  static Optional<String> trouble(DBInstance replica) {
    return replica.statusInfos().stream()
        .filter(info -> "read replication".equals(info.statusType()))
        .filter(info -> Boolean.FALSE.equals(info.normal()))
        .map(Replication::said)
        .findFirst();
  }

  private static String said(DBInstanceStatusInfo info) {
    return "its replication is '%s'%s"
        .formatted(info.status(), info.message() == null ? "" : ": " + info.message());
  }
}
