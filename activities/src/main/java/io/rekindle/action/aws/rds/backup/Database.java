package io.rekindle.action.aws.rds.backup;

import io.rekindle.action.aws.Ownership;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.rds.ClusterStatus;
import io.rekindle.action.aws.rds.Clusters;
import io.rekindle.action.aws.rds.Instances;
import io.rekindle.action.aws.rds.State;
import io.rekindle.plan.step.data.Backup;
import java.util.Map;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;

/** What is found under a name. */
sealed interface Database {
  Work<Backup.Restore> work();

  String name();

  String arn();

  Map<String, String> tags();

  State state();

  /** Takes away one part of it, if any is left to take away. */
  void remove();

  boolean isProtected();

  default boolean isTaggedAsOurs() {
    return work().ownership().owns(tags());
  }

  default String owner() {
    return Ownership.ownerOf(tags());
  }

  record OfRds(Work<Backup.Restore> work, DBInstance instance) implements Database {
    @Override
    public String name() {
      return instance.dbInstanceIdentifier();
    }

    @Override
    public String arn() {
      return instance.dbInstanceArn();
    }

    @Override
    public Map<String, String> tags() {
      return Instances.tags(instance);
    }

    @Override
    public State state() {
      return State.of(Instances.statusOf(instance));
    }

    @Override
    public boolean isProtected() {
      return Instances.isProtected(instance);
    }

    @Override
    public void remove() {
      if (!state().isGoing()) {
        Instances.of(work).discard(name());
      }
    }
  }

  record OfAurora(Work<Backup.Restore> work, DBCluster cluster) implements Database {
    @Override
    public String name() {
      return cluster.dbClusterIdentifier();
    }

    @Override
    public String arn() {
      return cluster.dbClusterArn();
    }

    @Override
    public Map<String, String> tags() {
      return Clusters.tags(cluster);
    }

    @Override
    public State state() {
      return ClusterStatus.of(cluster);
    }

    @Override
    public boolean isProtected() {
      return Clusters.isProtected(cluster);
    }

    @Override
    public void remove() {
      if (!state().isGoing() && ClusterSettings.members(work, cluster).areRemoved()) {
        Clusters.of(work).discard(name());
      }
    }
  }
}
