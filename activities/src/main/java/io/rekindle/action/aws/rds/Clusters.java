package io.rekindle.action.aws.rds;

import io.rekindle.action.ActionCall.Names;
import io.rekindle.action.aws.FittedName;
import io.rekindle.action.aws.Ownership;
import io.rekindle.action.aws.Work;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;

/** Aurora clusters as RDS shows them in the Region of a step. */
public record Clusters(RdsClient rds) {
  public static final Duration LOOK = Duration.ofSeconds(20);

  /** The names of instances follow from that of their cluster, and must not be longer than 63. */
  private static final int LONGEST = 60;

  /** As people call one. */
  public static final String NOUN = "DB cluster";

  public static String nameOf(Names names, String target) {
    return FittedName.of(names, target, LONGEST);
  }

  public static Clusters of(Work<?> work) {
    return new Clusters(Instances.of(work).rds());
  }

  public Optional<DBCluster> find(String name) {
    try {
      return rds
          .describeDBClusters(request -> request.dbClusterIdentifier(name))
          .dbClusters()
          .stream()
          .findFirst();
    } catch (DbClusterNotFoundException none) {
      return Optional.empty();
    }
  }

  /** What earlier runs of the step left, the newest first. */
  public List<DBCluster> left(Ownership ownership) {
    return rds.describeDBClustersPaginator().dbClusters().stream()
        .filter(cluster -> ownership.isAdopted(tags(cluster)))
        .sorted(Comparator.comparing(DBCluster::clusterCreateTime).reversed())
        .toList();
  }

  /** Deletes it, and keeps its last state: something has been written to it. */
  public void retire(String name, String finalSnapshot) {
    rds.deleteDBCluster(request ->
        request
            .dbClusterIdentifier(name)
            .skipFinalSnapshot(false)
            .deleteAutomatedBackups(false)
            .finalDBSnapshotIdentifier(finalSnapshot));
  }

  /** Deletes it with all its backups: nobody has ever used it. */
  public void discard(String name) {
    rds.deleteDBCluster(request ->
        request.dbClusterIdentifier(name).skipFinalSnapshot(true).deleteAutomatedBackups(true));
  }

  public static Map<String, String> tags(DBCluster cluster) {
    return Instances.tags(cluster.tagList());
  }

  /** Its instances, whatever they are called. */
  public List<DBInstance> members(DBCluster cluster) {
    Instances instances = new Instances(rds);
    return cluster.dbClusterMembers().stream()
        .flatMap(member -> instances.find(member.dbInstanceIdentifier()).stream())
        .toList();
  }

  public void protect(DBCluster cluster, boolean from) {
    rds.modifyDBCluster(request ->
        request
            .dbClusterIdentifier(cluster.dbClusterIdentifier())
            .deletionProtection(from)
            .applyImmediately(true));
  }

  public static boolean isProtected(DBCluster cluster) {
    return Boolean.TRUE.equals(cluster.deletionProtection());
  }
}
