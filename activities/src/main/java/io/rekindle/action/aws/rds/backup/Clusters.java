package io.rekindle.action.aws.rds.backup;

import io.rekindle.action.aws.Ownership;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.rds.Instances;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;

/** Aurora clusters as RDS shows them in the Region of a step. */
record Clusters(RdsClient rds) {
  static Clusters of(Work<?> work) {
    return new Clusters(Instances.of(work).rds());
  }

  Optional<DBCluster> find(String name) {
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

  List<DBCluster> left(Ownership ownership) {
    return rds.describeDBClustersPaginator().dbClusters().stream()
        .filter(cluster -> ownership.isAdopted(Instances.tags(cluster.tagList())))
        .sorted(Comparator.comparing(DBCluster::clusterCreateTime).reversed())
        .toList();
  }

  /** Deletes it with all its backups: nobody has ever used it. */
  void discard(String name) {
    rds.deleteDBCluster(request ->
        request.dbClusterIdentifier(name).skipFinalSnapshot(true).deleteAutomatedBackups(true));
  }
}
