package io.rekindle.action.aws.rds;

import io.rekindle.action.aws.Visit;
import io.rekindle.action.aws.inventory.Cost;
import io.rekindle.action.aws.inventory.Prices;
import io.rekindle.action.aws.inventory.Shelf;
import io.rekindle.action.aws.inventory.Sort;
import io.rekindle.action.aws.inventory.Thing;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.data.Aurora;
import io.rekindle.plan.step.data.Backup;
import io.rekindle.plan.step.data.Rds;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBInstanceAutomatedBackup;
import software.amazon.awssdk.services.rds.model.DBSnapshot;

/** All that there is of RDS, Aurora included. */
@Singleton
final class RdsShelf implements Shelf {
  private static final String DELETING = "deleting";

  /**
   * Whatever is not "manual" AWS makes by itself. Without a type, those of AWS Backup are hidden.
   */
  private static final List<String> SNAPSHOT_TYPES = List.of("manual", "automated", "awsbackup");

  private static final String ASKED_FOR = "manual";

  /** What AWS makes where nobody names one. */
  private static final String DEFAULT = "default";

  @Override
  public Set<Class<? extends Action>> services() {
    return Set.of(Rds.class, Aurora.class, Backup.class);
  }

  @Override
  public List<Sort> sorts() {
    return List.of(
        Sort.of("DB instance", "rds:db", RdsShelf::instances).removedBy(RdsShelf::discard),
        Sort.of("automated backup", "rds:auto-backup", RdsShelf::backups),
        Sort.of("DB snapshot", "rds:snapshot", RdsShelf::snapshots)
            .removedBy(RdsShelf::deleteSnapshot),
        Sort.of("DB cluster", "rds:cluster", RdsShelf::clusters)
            .removedBy(RdsShelf::discardCluster),
        Sort.of("DB cluster snapshot", "rds:cluster-snapshot", RdsShelf::clusterSnapshots)
            .removedBy(RdsShelf::deleteClusterSnapshot),
        Sort.of("DB parameter group", "rds:pg", RdsShelf::parameterGroups),
        Sort.of("DB cluster parameter group", "rds:cluster-pg", RdsShelf::clusterParameterGroups),
        Sort.of("DB subnet group", "rds:subgrp", RdsShelf::subnetGroups));
  }

  private static RdsClient rds(Visit visit) {
    return visit.client(RdsClient.class, RdsClient::builder);
  }

  private static Stream<Thing> instances(Visit visit) {
    return rds(visit).describeDBInstancesPaginator().dbInstances().stream().map(RdsShelf::thing);
  }

  private static Thing thing(DBInstance instance) {
    Cost cost =
        Prices.database(
            instance.dbInstanceClass(),
            Boolean.TRUE.equals(instance.multiAZ()),
            Objects.requireNonNullElse(instance.allocatedStorage(), 0));
    return Thing.of(
            instance.dbInstanceIdentifier(),
            instance.dbInstanceArn(),
            Instances.tags(instance),
            cost)
        .in(String.valueOf(instance.dbInstanceStatus()));
  }

  /** Of those that were deleted: what an instance has of its own goes with it. */
  private static Stream<Thing> backups(Visit visit) {
    return rds(visit)
        .describeDBInstanceAutomatedBackupsPaginator()
        .dbInstanceAutomatedBackups()
        .stream()
        .filter(backup -> "retained".equals(backup.status()))
        .map(RdsShelf::thing);
  }

  private static Thing thing(DBInstanceAutomatedBackup backup) {
    String of = backup.dbInstanceIdentifier();
    String arn = Objects.requireNonNullElse(backup.dbInstanceAutomatedBackupsArn(), of);
    int size = Objects.requireNonNullElse(backup.allocatedStorage(), 0);
    return Thing.of("of " + of, arn, Map.of(), Prices.snapshot(size)).madeOf(of);
  }

  private static Stream<Thing> snapshots(Visit visit) {
    return SNAPSHOT_TYPES.stream()
        .flatMap(type ->
            rds(visit)
                .describeDBSnapshotsPaginator(request -> request.snapshotType(type))
                .dbSnapshots()
                .stream())
        .map(RdsShelf::thing);
  }

  private static Thing thing(DBSnapshot snapshot) {
    int size = Objects.requireNonNullElse(snapshot.allocatedStorage(), 0);
    Thing thing =
        Thing.of(
                snapshot.dbSnapshotIdentifier(),
                snapshot.dbSnapshotArn(),
                Instances.tags(snapshot.tagList()),
                Prices.snapshot(size))
            .in(String.valueOf(snapshot.status()));
    return ASKED_FOR.equals(snapshot.snapshotType())
        ? thing
        : thing.madeOf(snapshot.dbInstanceIdentifier());
  }

  private static Stream<Thing> clusters(Visit visit) {
    return rds(visit).describeDBClustersPaginator().dbClusters().stream()
        .map(cluster ->
            Thing.of(
                    cluster.dbClusterIdentifier(),
                    cluster.dbClusterArn(),
                    Instances.tags(cluster.tagList()),
                    Cost.UNKNOWN)
                .in(String.valueOf(cluster.status())));
  }

  private static Stream<Thing> clusterSnapshots(Visit visit) {
    return SNAPSHOT_TYPES.stream()
        .flatMap(type ->
            rds(visit)
                .describeDBClusterSnapshotsPaginator(request -> request.snapshotType(type))
                .dbClusterSnapshots()
                .stream())
        .map(RdsShelf::thing);
  }

  private static Thing thing(DBClusterSnapshot snapshot) {
    int size = Objects.requireNonNullElse(snapshot.allocatedStorage(), 0);
    Thing thing =
        Thing.of(
                snapshot.dbClusterSnapshotIdentifier(),
                snapshot.dbClusterSnapshotArn(),
                Instances.tags(snapshot.tagList()),
                Prices.snapshot(size))
            .in(String.valueOf(snapshot.status()));
    return ASKED_FOR.equals(snapshot.snapshotType())
        ? thing
        : thing.madeOf(snapshot.dbClusterIdentifier());
  }

  private static Stream<Thing> parameterGroups(Visit visit) {
    return rds(visit).describeDBParameterGroupsPaginator().dbParameterGroups().stream()
        .flatMap(group -> named(group.dbParameterGroupName(), group.dbParameterGroupArn()));
  }

  private static Stream<Thing> clusterParameterGroups(Visit visit) {
    return rds(visit)
        .describeDBClusterParameterGroupsPaginator()
        .dbClusterParameterGroups()
        .stream()
        .flatMap(group ->
            named(group.dbClusterParameterGroupName(), group.dbClusterParameterGroupArn()));
  }

  private static Stream<Thing> subnetGroups(Visit visit) {
    return rds(visit).describeDBSubnetGroupsPaginator().dbSubnetGroups().stream()
        .flatMap(group -> named(group.dbSubnetGroupName(), group.dbSubnetGroupArn()));
  }

  private static Stream<Thing> named(String name, String arn) {
    return name.startsWith(DEFAULT)
        ? Stream.of()
        : Stream.of(Thing.of(name, arn, Map.of(), Cost.NOTHING));
  }

  private static void discard(Visit visit, Thing instance) {
    if (!instance.state().equals(DELETING)) {
      new Instances(rds(visit)).discard(instance.name());
    }
  }

  /** AWS refuses as long as it has an instance: these are taken away as what they are. */
  private static void discardCluster(Visit visit, Thing cluster) {
    Clusters clusters = new Clusters(rds(visit));
    boolean isFree =
        clusters.find(cluster.name()).filter(it -> it.dbClusterMembers().isEmpty()).isPresent();
    if (isFree && !cluster.state().equals(DELETING)) {
      clusters.discard(cluster.name());
    }
  }

  private static void deleteClusterSnapshot(Visit visit, Thing snapshot) {
    if (!snapshot.state().equals(DELETING)) {
      var unused =
          rds(visit)
              .deleteDBClusterSnapshot(
                  request -> request.dbClusterSnapshotIdentifier(snapshot.name()));
    }
  }

  private static void deleteSnapshot(Visit visit, Thing snapshot) {
    if (!snapshot.state().equals(DELETING)) {
      var unused =
          rds(visit).deleteDBSnapshot(request -> request.dbSnapshotIdentifier(snapshot.name()));
    }
  }
}
