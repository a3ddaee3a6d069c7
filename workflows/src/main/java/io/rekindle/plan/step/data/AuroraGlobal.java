package io.rekindle.plan.step.data;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.implied;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Permission.undo;
import static io.rekindle.plan.step.Sources.ESTIMATE;

import io.rekindle.plan.shape.Component.Default;
import io.rekindle.plan.shape.Component.Says;
import io.rekindle.plan.shape.Component.Written;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Action.Does;
import io.rekindle.plan.step.Action.Lasts;
import io.rekindle.plan.step.Action.Like;
import io.rekindle.plan.step.Facts;
import io.rekindle.plan.step.Facts.Drill;
import io.rekindle.plan.step.Facts.Guard;
import io.rekindle.plan.step.Facts.Plane;
import io.rekindle.plan.step.Facts.Role;
import io.rekindle.plan.step.Facts.Undo;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Realm;
import io.rekindle.plan.step.data.Databases.ClusterAddress;
import io.rekindle.plan.step.data.Databases.NewCluster;
import io.rekindle.plan.step.data.Databases.Recovered;
import io.rekindle.plan.value.Arn;
import io.rekindle.plan.value.DatabaseName;
import io.rekindle.plan.value.NewName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Global databases made of Aurora clusters. */
public sealed interface AuroraGlobal extends Aurora {

  /** The cluster of a global database that is to be its writer. */
  record Secondary(
      @Says("The global database, by its identifier.") String globalCluster,
      @Says("Its secondary cluster in this Region, which must have an instance.") String cluster) {}

  @Facts(
      kind = "aurora.globalFailover",
      says =
          "Makes the cluster in this Region the writer of its global database although the former"
              + " writer may be dead; what had not been replicated is lost. If the former Region"
              + " comes back, AWS rebuilds its volume and keeps the lost writes only in a snapshot"
              + " named rds:unplanned-global-failover-*, which expires with the former cluster's"
              + " backups: copy it first.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      thing = "globalCluster",
      undo = Undo.ONE_WAY,
      undoing =
          "One-way: lost writes do not come back; switch over once the former Region is healthy.",
      drill = Drill.LEFT_OUT,
      drilling = "Left out: it would lose production's last writes.",
      budget = "60m")
  record GlobalFailover(@Written(inline = true) Secondary secondary) implements AuroraGlobal {
    public enum Change implements Action.Change {
      @Does(
          "FailoverGlobalCluster with AllowDataLoss, called in this Region, until the"
              + " cluster is the writer and available and no failover is in progress.")
      // A user measured 8 minutes, https://github.com/keycloak/keycloak-benchmark/issues/445; in a
      // lab
      // of AWS it was less than one.
      @Lasts(min = "1m", likely = "8m", max = "20m", source = ESTIMATE)
      FAILOVER
    }

    public record Outputs(
        @Says("The cluster that writes now.") @Like("{cluster}") String cluster,
        @Says("The host name of its writer, unchanged.") @Like("{cluster}") ClusterAddress address,
        @Says("The time up to which it holds data, from the last replication lag.")
            Recovered recovered)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      return List.of(
          look(
              "rds:DescribeGlobalClusters",
              at.global("rds", "global-cluster:" + secondary.globalCluster())),
          look("rds:DescribeDBClusters", at.arn("rds", "cluster:*")),
          look("rds:DescribeDBInstances", at.arn("rds", "db:*")),
          look("cloudwatch:GetMetricData", Realm.ANYTHING),
          change(
              Change.FAILOVER,
              "rds:FailoverGlobalCluster",
              at.global("rds", "global-cluster:" + secondary.globalCluster()),
              at.arnInAnyRegion("rds", "cluster:*")));
    }
  }

  @Facts(
      kind = "aurora.globalSwitchover",
      says =
          "Makes the cluster in this Region the writer of its global database without losing data,"
              + " and the former writer a secondary. Both Regions must be healthy: the call goes to"
              + " the Region of the current writer.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      thing = "globalCluster",
      undo = Undo.PUTS_BACK,
      undoing = "Switches back to the former writer.",
      drill = Drill.LEFT_OUT,
      drilling = "Left out: it would move production's writer.",
      budget = "60m")
  record GlobalSwitchover(
      @Written(inline = true) Secondary secondary,
      @Says(
              "The step waits until the secondary lags less than this: writes stand still while it"
                  + " catches up.")
          @Default("30s")
          Duration maxLag)
      implements AuroraGlobal {
    public enum Change implements Action.Change {
      @Does(
          "SwitchoverGlobalCluster called in the current writer's Region, until the cluster"
              + " is the writer and available and no switchover is in progress.")
      @Lasts(min = "1m", likely = "3m", max = "15m", source = ESTIMATE)
      SWITCHOVER
    }

    public record Outputs(
        @Says("The cluster that writes now.") @Like("{cluster}") String cluster,
        @Says("The host name of its writer, unchanged.") @Like("{cluster}") ClusterAddress address,
        @Says("The time of the switchover: nothing is lost.") Recovered recovered)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      String global = at.global("rds", "global-cluster:" + secondary.globalCluster());
      String members = at.arnInAnyRegion("rds", "cluster:*");
      return List.of(
          look("rds:DescribeGlobalClusters", global),
          look("rds:DescribeDBClusters", members),
          look("rds:DescribeDBInstances", at.arn("rds", "db:*")),
          look("cloudwatch:GetMetricData", Realm.ANYTHING),
          change(Change.SWITCHOVER, "rds:SwitchoverGlobalCluster", global, members),
          undo("rds:SwitchoverGlobalCluster", global, members));
    }
  }

  @Facts(
      kind = "aurora.addRegion",
      says =
          "Adds a secondary cluster with an instance in this Region to the global database of a"
              + " serving cluster, and makes that global database first where there is none:"
              + " protection for after a failback, and the way back that loses nothing. The whole"
              + " volume is copied; no write is stopped.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.NAME,
      thing = "target",
      undo = Undo.DELETES_OURS,
      undoing =
          "Detaches and deletes the secondary if this step created it and it was never the writer,"
              + " then the global database if this step made it; the source goes on serving.",
      drill = Drill.REFUSED,
      drilling = "Refused: it would load the production database.",
      budget = "12h")
  record AddRegion(
      @Says(
              "The global database, by its identifier; it is made under exactly this name where"
                  + " there is none.")
          String globalCluster,
      @Says("The serving cluster to follow, by its ARN.") Arn source,
      @Says("The base of the secondary cluster's name; the run is appended to it.")
          DatabaseName target,
      @Written(inline = true) NewCluster made,
      @Says(
              "The key in this Region that encrypts the secondary; needed when the source is"
                  + " encrypted.")
          @Nullable Arn kmsKey)
      implements AuroraGlobal {
    public enum Change implements Action.Change {
      @Does(
          "CreateGlobalCluster from the source, called in its Region, until it is available;"
              + " only where the source belongs to none.")
      @Lasts(min = "30s", likely = "2m", max = "10m", source = ESTIMATE)
      GLOBAL,

      @Does(
          "CreateDBCluster in the global database, called in this Region, until it is"
              + " available.")
      @Lasts(min = "10m", likely = "30m", max = "4h", source = ESTIMATE)
      CLUSTER,

      @Does(
          "CreateDBInstance for each instance, until all are available and the secondary is"
              + " connected.")
      @Lasts(min = "5m", likely = "7m", max = "10m", source = ESTIMATE)
      INSTANCES
    }

    public record Outputs(
        @Says("The global database.") @Like("{globalCluster}") String globalCluster,
        @Says("The name of the secondary cluster.") @Like("{target}-{run}") String cluster,
        @Says("The host name of its writer, of use only after a switchover.")
            @Like("{target}-{run}")
            ClusterAddress address)
        implements Action.Outputs {}

    public AddRegion {
      if (!source.resource().startsWith("cluster:")) {
        throw new IllegalArgumentException("source is not the ARN of a cluster");
      }
    }

    @Override
    public Optional<NewName> makes() {
      return Optional.of(target);
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String global = at.global("rds", "global-cluster:" + globalCluster);
      String ours = at.arn("rds", "cluster:" + at.named(target));
      String ourInstances = Databases.Network.members(at, target);
      String key = kmsKey == null ? at.arn("kms", "key/*") : kmsKey.value();
      return List.of(
          look("rds:DescribeGlobalClusters", at.global("rds", "global-cluster:*")),
          look("rds:DescribeDBClusters", at.arn("rds", "cluster:*"), source.value()),
          look("rds:DescribeDBInstances", at.arn("rds", "db:*")),
          look("rds:ListTagsForResource", ours, ourInstances, global),
          change(Change.GLOBAL, "rds:CreateGlobalCluster", global, source.value()),
          implied(Change.GLOBAL, "rds:AddTagsToResource", global),
          made.make(Change.CLUSTER, "rds:CreateDBCluster", at, target, global),
          implied(Change.CLUSTER, "rds:AddTagsToResource", ours),
          implied(Change.CLUSTER, "kms:DescribeKey", key),
          implied(Change.CLUSTER, "kms:CreateGrant", key),
          made.addInstances(Change.INSTANCES, at, target),
          implied(Change.INSTANCES, "rds:AddTagsToResource", ourInstances),
          undo("rds:DeleteDBInstance", ourInstances),
          undo("rds:RemoveFromGlobalCluster", global, ours, source.value()),
          undo("rds:DeleteDBCluster", ours),
          undo("rds:DeleteGlobalCluster", global));
    }
  }
}
