package io.rekindle.action.aws.rds.aurora;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Foreign;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.InstanceStatus;
import io.rekindle.action.aws.Ownership;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.rds.Archive;
import io.rekindle.action.aws.rds.ClusterStatus;
import io.rekindle.action.aws.rds.Clusters;
import io.rekindle.action.aws.rds.Instances;
import io.rekindle.plan.step.data.Aurora;
import io.rekindle.plan.step.data.Aurora.DeleteCluster.Change;
import io.rekindle.plan.value.Arn;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.GlobalCluster;

/** AWS deletes no cluster that has an instance, so these go first. */
@Singleton
final class DeleteCluster implements ActionHandler<Aurora.DeleteCluster> {
  /** What goes, so that nothing that takes its name goes too. */
  record Former(String arn, String resourceId) {
    private static Former of(DBCluster cluster) {
      return new Former(cluster.dbClusterArn(), cluster.dbClusterResourceId());
    }

    private boolean is(DBCluster cluster) {
      return resourceId.equals(cluster.dbClusterResourceId());
    }
  }

  @Override
  public Class<Aurora.DeleteCluster> declaration() {
    return Aurora.DeleteCluster.class;
  }

  private static Optional<DBCluster> find(Work<Aurora.DeleteCluster> work) {
    return Clusters.of(work).find(work.with().cluster());
  }

  @Override
  public Observation observe(Work<Aurora.DeleteCluster> work) {
    Optional<DBCluster> found = find(work);
    return found.isPresent() ? due(work, found.get()) : gone(work);
  }

  private static Observation due(Work<Aurora.DeleteCluster> work, DBCluster cluster) {
    String it = "the DB cluster " + cluster.dbClusterIdentifier();
    Map<String, String> tags = Clusters.tags(cluster);
    if (!work.ownership().isOfApplication(tags)) {
      return new Foreign(it + ": " + Ownership.ownerOf(tags));
    }
    if (ClusterStatus.of(cluster).isGoing()) {
      throw work.underWay(it + " is being deleted", Clusters.LOOK);
    }
    Optional<String> obstacle = obstacle(work, cluster);
    if (obstacle.isPresent()) {
      return new Broken(
          "%s in %s %s, then retry".formatted(it, work.call().region(), obstacle.get()));
    }
    List<DBInstance> instances = Clusters.of(work).members(cluster);
    if (instances.isEmpty()) {
      return Due.of(Change.CLUSTER, Former.of(cluster));
    }
    if (instances.stream().allMatch(DeleteCluster::isGoing)) {
      throw work.underWay("the instances of " + it + " are being deleted", Clusters.LOOK);
    }
    return Due.of(Change.INSTANCES, Former.of(cluster));
  }

  private static boolean isGoing(DBInstance instance) {
    return Instances.statusOf(instance).is(InstanceStatus.DELETING);
  }

  /** What a person has to do first. */
  private static Optional<String> obstacle(Work<Aurora.DeleteCluster> work, DBCluster cluster) {
    Optional<String> global =
        Clusters.of(work).rds().describeGlobalClustersPaginator().globalClusters().stream()
            .filter(each -> hasMember(each, cluster))
            .map(GlobalCluster::globalClusterIdentifier)
            .findFirst();
    return global
        .map(name -> "is a member of the global database %s: remove it from that".formatted(name))
        .or(() ->
            Clusters.isProtected(cluster)
                ? Optional.of("is protected from deletion: remove the protection")
                : Optional.empty());
  }

  private static boolean hasMember(GlobalCluster global, DBCluster cluster) {
    return global.globalClusterMembers().stream()
        .anyMatch(member -> cluster.dbClusterArn().equals(member.dbClusterArn()));
  }

  private static Observation gone(Work<Aurora.DeleteCluster> work) {
    return work.before(Change.CLUSTER, Former.class)
        .<Observation>map(
            former -> Settled.of(new Aurora.DeleteCluster.Outputs(finalSnapshotArn(work, former))))
        .orElseGet(() ->
            new Broken(
                ("the DB cluster %s does not exist in %s; if it was deleted, skip the step: skip"
                        + " --give finalSnapshot=…")
                    .formatted(work.with().cluster(), work.call().region())));
  }

  private static Arn finalSnapshotArn(Work<Aurora.DeleteCluster> work, Former former) {
    return new Arn(
        former.arn().replaceFirst(":cluster:.*$", ":cluster-snapshot:") + finalSnapshot(work));
  }

  private static String finalSnapshot(Work<Aurora.DeleteCluster> work) {
    return Archive.nameOf(work, work.with().cluster() + "-final");
  }

  @Override
  public void apply(Work<Aurora.DeleteCluster> work, Due due) {
    find(work)
        .filter(due.before(Former.class)::is)
        .filter(cluster -> work.ownership().isOfApplication(Clusters.tags(cluster)))
        .filter(cluster -> !ClusterStatus.of(cluster).isGoing())
        .ifPresent(cluster -> apply(work, due, cluster));
  }

  private static void apply(Work<Aurora.DeleteCluster> work, Due due, DBCluster cluster) {
    Clusters clusters = Clusters.of(work);
    List<DBInstance> instances = clusters.members(cluster);
    if (due.is(Change.INSTANCES)) {
      instances.stream()
          .filter(each -> !isGoing(each))
          .forEach(each -> Instances.of(work).discard(each.dbInstanceIdentifier()));
    }
    if (due.is(Change.CLUSTER) && instances.isEmpty()) {
      clusters.retire(cluster.dbClusterIdentifier(), finalSnapshot(work));
    }
  }

  @Override
  public void undo(Work<Aurora.DeleteCluster> work) {
    throw work.refused("a deletion cannot be undone: restore the final snapshot");
  }

  @Override
  public Readiness check(Work<Aurora.DeleteCluster> work) {
    String it = "the DB cluster %s in %s ".formatted(work.with().cluster(), work.call().region());
    Optional<DBCluster> found = find(work);
    if (found.isEmpty()) {
      return new Readiness(false, it + "does not exist", null);
    }
    Map<String, String> tags = Clusters.tags(found.get());
    if (!work.ownership().isOfApplication(tags)) {
      return new Readiness(
          false, it + "belongs to somebody else: " + Ownership.ownerOf(tags), null);
    }
    Optional<String> obstacle = obstacle(work, found.get());
    return new Readiness(obstacle.isEmpty(), it + obstacle.orElse("can be deleted"), null);
  }
}
