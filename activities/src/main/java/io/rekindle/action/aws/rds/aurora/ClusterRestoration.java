package io.rekindle.action.aws.rds.aurora;

import io.rekindle.action.Observation.Due;
import io.rekindle.action.Readiness.RecoveryPoint;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.rds.Clusters;
import io.rekindle.action.aws.rds.Instances;
import io.rekindle.action.aws.rds.Snapshots;
import io.rekindle.plan.step.data.Aurora;
import io.rekindle.plan.step.data.Aurora.RestoreCluster.Change;
import io.rekindle.plan.step.data.Databases.Capacity;
import io.rekindle.plan.step.data.Databases.NewCluster;
import io.rekindle.plan.value.Arn;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DbClusterAlreadyExistsException;
import software.amazon.awssdk.services.rds.model.RestoreDbClusterFromSnapshotRequest;
import software.amazon.awssdk.services.rds.model.ServerlessV2ScalingConfiguration;

/**
 * Makes the cluster. What AWS is not told it takes from its defaults: the engine version that is
 * the Region's, the VPC's security group, the engine's parameters.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBClusterFromSnapshot.html">
 *     RestoreDBClusterFromSnapshot</a>
 */
record ClusterRestoration(Work<Aurora.RestoreCluster> work) {
  /** The other word for storage belongs to clusters that are none of Aurora's. */
  private static final String STORAGE_OF_AURORA = "aurora";

  /** What was agreed on, for whoever makes the change. */
  record Agreed(String snapshot, Instant recoveryPoint) {}

  static Due due(RecoveryPoint point) {
    return Due.of(Change.RESTORE, new Agreed(point.id(), point.time()));
  }

  void begin(String name, Due due) {
    Agreed agreed = due.before(Agreed.class);
    Optional<DBClusterSnapshot> snapshot = ClusterSnapshots.of(work).original(agreed.snapshot());
    if (snapshot.isEmpty()) {
      throw work.refused(
          "the agreed snapshot %s in %s is gone: choose another (retry --set snapshot=…)"
              .formatted(agreed.snapshot(), work.call().region()));
    }
    try {
      Clusters.of(work).rds().restoreDBClusterFromSnapshot(request(name, agreed, snapshot.get()));
    } catch (DbClusterAlreadyExistsException whoeverMadeItIsFoundByTheNextLook) {
      return;
    }
  }

  private RestoreDbClusterFromSnapshotRequest request(
      String name, Agreed agreed, DBClusterSnapshot snapshot) {
    Aurora.RestoreCluster with = work.with();
    NewCluster made = with.made();
    return RestoreDbClusterFromSnapshotRequest.builder()
        .dbClusterIdentifier(name)
        .snapshotIdentifier(agreed.snapshot())
        .engine(snapshot.engine())
        .engineVersion(
            with.engineVersion() == null ? snapshot.engineVersion() : with.engineVersion())
        .dbSubnetGroupName(made.network().subnetGroup())
        .vpcSecurityGroupIds(made.network().securityGroups())
        .dbClusterParameterGroupName(made.clusterParameterGroup())
        .serverlessV2ScalingConfiguration(scaling(made.capacity()))
        .kmsKeyId(Optional.ofNullable(with.kmsKey()).map(Arn::value).orElse(null))
        .storageType(storage(snapshot))
        .enableIAMDatabaseAuthentication(snapshot.iamDatabaseAuthenticationEnabled())
        .copyTagsToSnapshot(true)
        .tags(Instances.tags(tags(agreed)))
        .build();
  }

  private Map<String, String> tags(Agreed agreed) {
    Map<String, String> tags = work.ownership().tags();
    tags.put(Snapshots.SOURCE_TAG, agreed.snapshot());
    tags.put(Snapshots.POINT_TAG, agreed.recoveryPoint().toString());
    return tags;
  }

  private static @Nullable String storage(DBClusterSnapshot snapshot) {
    String type = snapshot.storageType();
    return type != null && type.startsWith(STORAGE_OF_AURORA) ? type : null;
  }

  private static @Nullable ServerlessV2ScalingConfiguration scaling(@Nullable Capacity capacity) {
    return capacity == null
        ? null
        : ServerlessV2ScalingConfiguration.builder()
            .minCapacity(capacity.min().doubleValue())
            .maxCapacity(capacity.max().doubleValue())
            .build();
  }
}
