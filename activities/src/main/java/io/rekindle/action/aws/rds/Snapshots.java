package io.rekindle.action.aws.rds;

import io.rekindle.action.Readiness.RecoveryPoint;
import io.rekindle.action.aws.FittedName;
import io.rekindle.action.aws.Ownership;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.value.Arn;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DbSnapshotNotFoundException;

/** DB snapshots as RDS shows them in the Region of a step. */
public record Snapshots(RdsClient rds) {
  static final Duration LOOK = Duration.ofSeconds(30);

  /** On what is made from a snapshot: the snapshot, which may go before what was made of it. */
  public static final String SOURCE_TAG = "rekindle:snapshot";

  /** There too: the time up to which it holds data. */
  public static final String POINT_TAG = "rekindle:recoveryPoint";

  private static final String ARN = "arn:";

  /** The longest name that a snapshot may have. */
  private static final int LONGEST = 255;

  static Snapshots of(Work<?> work) {
    return new Snapshots(work.client(RdsClient.class, RdsClient::builder));
  }

  static String nameOf(Work<?> work, String target) {
    return FittedName.of(work.call().names(), target, LONGEST);
  }

  /** By its ARN also what another account shares. */
  Optional<DBSnapshot> find(String id) {
    Optional<DBSnapshot> found = ask(id, id.startsWith(ARN));
    return found.isPresent() || !id.startsWith(ARN)
        ? found
        : ask(new Arn(id).resource().replaceFirst("^snapshot:", ""), false)
            .filter(each -> id.equals(each.dbSnapshotArn()));
  }

  private Optional<DBSnapshot> ask(String id, boolean shared) {
    try {
      return rds
          .describeDBSnapshots(
              request -> request.dbSnapshotIdentifier(id).includeShared(shared ? true : null))
          .dbSnapshots()
          .stream()
          .findFirst();
    } catch (DbSnapshotNotFoundException none) {
      return Optional.empty();
    }
  }

  /** What earlier runs of the step left, the newest first. */
  List<DBSnapshot> left(Ownership ownership) {
    return rds.describeDBSnapshotsPaginator().dbSnapshots().stream()
        .filter(each -> ownership.isAdopted(Instances.tags(each.tagList())))
        .sorted(byTime().reversed())
        .toList();
  }

  /**
   * Of one database, what people or AWS Backup took or copied here. The automated ones belong to a
   * database of the same name in this Region, not to the one that is to be recovered.
   */
  Stream<DBSnapshot> of(String database) {
    return Stream.of("manual", "awsbackup")
        .flatMap(type ->
            rds
                .describeDBSnapshotsPaginator(
                    request -> request.dbInstanceIdentifier(database).snapshotType(type))
                .dbSnapshots()
                .stream());
  }

  /**
   * The time up to which it holds data. The time of its creation says nothing: a copy is younger
   * than its data.
   */
  static Optional<Instant> timeOf(DBSnapshot snapshot) {
    return Optional.ofNullable(snapshot.snapshotDatabaseTime())
        .or(() -> Optional.ofNullable(snapshot.originalSnapshotCreateTime()));
  }

  static RecoveryPoint pointOf(DBSnapshot snapshot) {
    return new RecoveryPoint(snapshot.dbSnapshotArn(), timeOf(snapshot).orElse(Instant.EPOCH));
  }

  static Comparator<DBSnapshot> byTime() {
    return Comparator.comparing(snapshot -> timeOf(snapshot).orElse(Instant.EPOCH));
  }
}
