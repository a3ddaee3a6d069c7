package io.rekindle.action.aws.rds;

import io.rekindle.action.aws.InstanceStatus;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.RdsReplicas;
import io.rekindle.plan.value.Arn;
import java.util.Optional;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;

/**
 * The instance that a replica is to follow, in its own Region.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstanceReadReplica.html">
 *     CreateDBInstanceReadReplica</a>
 */
record ReplicaSource(Work<RdsReplicas.CreateReplica> work) {

  private Arn arn() {
    return work.with().source();
  }

  boolean isElsewhere() {
    return !arn().region().equals(work.call().region());
  }

  private Optional<DBInstance> find() {
    RdsClient there = work.clientIn(arn().region(), RdsClient.class, RdsClient::builder);
    return new Instances(there).find(arn().value());
  }

  /** What keeps it from being followed and does not pass by itself; empty when nothing does. */
  Optional<String> lack() {
    return find()
        .map(this::lack)
        .orElseGet(() -> Optional.of("the DB instance %s does not exist".formatted(arn())));
  }

  private Optional<String> lack(DBInstance source) {
    InstanceStatus status = Instances.statusOf(source);
    if (status.isBad()) {
      return Optional.of("the DB instance %s %s".formatted(arn(), status.says()));
    }
    if (source.backupRetentionPeriod() == null || source.backupRetentionPeriod() == 0) {
      return Optional.of(
          "the DB instance %s has no automated backups, which a replica needs: set its backup retention period"
              .formatted(arn()));
    }
    return lackOfKey(Boolean.TRUE.equals(source.storageEncrypted()));
  }

  /** A replica is encrypted if its source is, and a key opens nothing outside its Region. */
  private Optional<String> lackOfKey(boolean encrypted) {
    boolean key = work.with().kmsKey() != null;
    if (encrypted && !key && isElsewhere()) {
      return Optional.of(
          "the DB instance %s is encrypted: give the step a kmsKey in %s"
              .formatted(arn(), work.call().region()));
    }
    return !encrypted && key
        ? Optional.of(
            "the DB instance %s is not encrypted, and so its replica cannot be: leave kmsKey out"
                .formatted(arn()))
        : Optional.empty();
  }
}
