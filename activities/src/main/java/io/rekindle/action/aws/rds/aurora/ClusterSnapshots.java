package io.rekindle.action.aws.rds.aurora;

import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.rds.Archive;
import io.rekindle.action.aws.rds.Instances;
import io.rekindle.action.aws.rds.Saved;
import io.rekindle.action.aws.rds.SnapshotStatus;
import io.rekindle.action.aws.rds.Snapshots;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DbClusterSnapshotNotFoundException;

/** Snapshots of Aurora clusters as RDS shows them in one Region. */
record ClusterSnapshots(RdsClient rds) implements Archive {
  static ClusterSnapshots of(Work<?> work) {
    return new ClusterSnapshots(work.client(RdsClient.class, RdsClient::builder));
  }

  @Override
  public String noun() {
    return "DB cluster snapshot";
  }

  @Override
  public Optional<Saved> ask(String id, boolean shared) {
    return original(id, shared).map(ClusterSnapshots::saved);
  }

  /** All that RDS says of one. */
  Optional<DBClusterSnapshot> original(String id) {
    return original(id, id.startsWith(ARN));
  }

  private Optional<DBClusterSnapshot> original(String id, boolean shared) {
    try {
      return rds
          .describeDBClusterSnapshots(request ->
              request.dbClusterSnapshotIdentifier(id).includeShared(shared ? true : null))
          .dbClusterSnapshots()
          .stream()
          .findFirst();
    } catch (DbClusterSnapshotNotFoundException none) {
      return Optional.empty();
    }
  }

  @Override
  public Stream<Saved> all() {
    return rds.describeDBClusterSnapshotsPaginator().dbClusterSnapshots().stream()
        .map(ClusterSnapshots::saved);
  }

  @Override
  public Stream<Saved> of(String cluster, String type) {
    return rds
        .describeDBClusterSnapshotsPaginator(
            request -> request.dbClusterIdentifier(cluster).snapshotType(type))
        .dbClusterSnapshots()
        .stream()
        .map(ClusterSnapshots::saved);
  }

  @Override
  public void delete(String name) {
    rds.deleteDBClusterSnapshot(request -> request.dbClusterSnapshotIdentifier(name));
  }

  private static Saved saved(DBClusterSnapshot snapshot) {
    Map<String, String> tags = Instances.tags(snapshot.tagList());
    return new Saved(
        snapshot.dbClusterSnapshotIdentifier(),
        snapshot.dbClusterSnapshotArn(),
        new SnapshotStatus(String.valueOf(snapshot.status())),
        Objects.requireNonNullElse(snapshot.percentProgress(), 0),
        timeOf(snapshot, tags),
        tags,
        String.valueOf(snapshot.dbClusterIdentifier()));
  }

  /**
   * Of clusters RDS tells one time only. Whether that of a copy is the copy's own is not
   * documented, so what Rekindle copied carries the time of its source.
   */
  private static @Nullable Instant timeOf(DBClusterSnapshot snapshot, Map<String, String> tags) {
    String noted = tags.get(Snapshots.POINT_TAG);
    return noted == null ? snapshot.snapshotCreateTime() : Instant.parse(noted);
  }
}
