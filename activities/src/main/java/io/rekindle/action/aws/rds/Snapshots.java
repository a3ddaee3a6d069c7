package io.rekindle.action.aws.rds;

import io.rekindle.action.aws.Work;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DbSnapshotNotFoundException;

/** DB snapshots as RDS shows them in the Region of a step. */
public record Snapshots(RdsClient rds) implements Archive {

  /** On what is made from a snapshot: the snapshot, which may go before what was made of it. */
  public static final String SOURCE_TAG = "rekindle:snapshot";

  /** There too: the time up to which it holds data. */
  public static final String POINT_TAG = "rekindle:recoveryPoint";

  static Snapshots of(Work<?> work) {
    return new Snapshots(work.client(RdsClient.class, RdsClient::builder));
  }

  @Override
  public String noun() {
    return "DB snapshot";
  }

  @Override
  public Optional<Saved> ask(String id, boolean shared) {
    return original(id, shared).map(Snapshots::saved);
  }

  /** All that RDS says of one. */
  Optional<DBSnapshot> original(String id) {
    return original(id, id.startsWith(ARN));
  }

  private Optional<DBSnapshot> original(String id, boolean shared) {
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

  @Override
  public Stream<Saved> all() {
    return rds.describeDBSnapshotsPaginator().dbSnapshots().stream().map(Snapshots::saved);
  }

  @Override
  public Stream<Saved> of(String database, String type) {
    return rds
        .describeDBSnapshotsPaginator(
            request -> request.dbInstanceIdentifier(database).snapshotType(type))
        .dbSnapshots()
        .stream()
        .map(Snapshots::saved);
  }

  @Override
  public void delete(String name) {
    rds.deleteDBSnapshot(request -> request.dbSnapshotIdentifier(name));
  }

  private static Saved saved(DBSnapshot snapshot) {
    return new Saved(
        snapshot.dbSnapshotIdentifier(),
        snapshot.dbSnapshotArn(),
        new SnapshotStatus(String.valueOf(snapshot.status())),
        Objects.requireNonNullElse(snapshot.percentProgress(), 0),
        timeOf(snapshot).orElse(null),
        Instances.tags(snapshot.tagList()),
        String.valueOf(snapshot.dbInstanceIdentifier()));
  }

  /**
   * The time up to which it holds data. The time of its creation says nothing: a copy is younger
   * than its data.
   */
  private static Optional<Instant> timeOf(DBSnapshot snapshot) {
    return Optional.ofNullable(snapshot.snapshotDatabaseTime())
        .or(() -> Optional.ofNullable(snapshot.originalSnapshotCreateTime()));
  }
}
