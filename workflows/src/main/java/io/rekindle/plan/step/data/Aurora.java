package io.rekindle.plan.step.data;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.implied;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Permission.undo;
import static io.rekindle.plan.step.Sources.AURORA_GLOBAL;
import static io.rekindle.plan.step.Sources.AURORA_SERVERLESS_RUNBOOK;
import static io.rekindle.plan.step.Sources.ESTIMATE;
import static io.rekindle.plan.step.Sources.RDS_COPY;

import io.rekindle.plan.shape.AtLeast;
import io.rekindle.plan.shape.AtMost;
import io.rekindle.plan.shape.Default;
import io.rekindle.plan.shape.OneOrMany;
import io.rekindle.plan.shape.Says;
import io.rekindle.plan.shape.Written;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Does;
import io.rekindle.plan.step.Facts;
import io.rekindle.plan.step.Facts.Drill;
import io.rekindle.plan.step.Facts.Guard;
import io.rekindle.plan.step.Facts.Plane;
import io.rekindle.plan.step.Facts.Role;
import io.rekindle.plan.step.Facts.Undo;
import io.rekindle.plan.step.Lasts;
import io.rekindle.plan.step.Like;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Realm;
import io.rekindle.plan.value.Arn;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Amazon Aurora clusters, and global databases made of them. */
public sealed interface Aurora extends Action {

  /** The range in which serverless instances of a cluster scale. */
  record Capacity(
      @Says(
              "The fewest capacity units (ACU) an instance keeps; a low floor is slow under the"
                  + " first load.")
          @AtLeast(0)
          @AtMost(256)
          BigDecimal min,
      @Says("The most capacity units (ACU) an instance may take.") @AtLeast(1) @AtMost(256)
          BigDecimal max) {
    private static final BigDecimal HALF = new BigDecimal("0.5");

    public Capacity {
      if (min.compareTo(max) > 0) {
        throw new IllegalArgumentException(
            "capacity has a min of " + min + " above its max of " + max);
      }
      if (!inHalves(min) || !inHalves(max)) {
        throw new IllegalArgumentException("capacity goes in steps of 0.5");
      }
    }

    private static boolean inHalves(BigDecimal units) {
      return units.remainder(HALF).signum() == 0;
    }
  }

  @Facts(
      kind = "aurora.restoreCluster",
      says =
          "Restores an Aurora cluster from a cluster snapshot that is already in this Region, under"
              + " a name of its own, and adds instances: a cluster that is available but has no"
              + " instance accepts no connection.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.NAME,
      undo = Undo.DELETES_OURS,
      undoing =
          "Deletes the instances, then the cluster, if this step created them and they have never"
              + " served.",
      drill = Drill.ISOLATED,
      drilling =
          "Restores a copy named drill-<run>-<target> with the shortest backups and deletes it at"
              + " the end.",
      budget = "180m")
  record RestoreCluster(
      @Says("Which cluster snapshot to restore.") SnapshotChoice snapshot,
      @Says("The base of the new name; the run is appended to it.") String target,
      @Says("The engine version; without it the snapshot's own, never the default of this Region.")
          @Nullable String engineVersion,
      @Written("class") @Says("The class of the instances.") @Default("db.serverless")
          String instanceClass,
      @Says("How many instances to add; the first becomes the writer.")
          @Default("1")
          @AtLeast(1)
          @AtMost(16)
          int instances,
      @Says("The range in which db.serverless instances scale.") @Nullable Capacity capacity,
      @Says("The DB subnet group, in this Region.") String subnetGroup,
      @Says("The security groups, in this Region.") @OneOrMany @AtLeast(1)
          List<String> securityGroups,
      @Says("The cluster parameter group, in this Region: snapshots do not bring theirs along.")
          String clusterParameterGroup,
      @Says("The parameter group of the instances, in this Region.") String parameterGroup,
      @Says("The key in this Region that encrypts the cluster; without it the snapshot's own.")
          @Nullable Arn kmsKey,
      @Says("Days of automated backups to keep.") @Default("7") @AtLeast(1) @AtMost(35)
          int backupRetention)
      implements Aurora {
    public enum Change implements Action.Change {
      @Does("RestoreDBClusterFromSnapshot, until the cluster is available.")
      @Lasts(min = "30m", likely = "40m", max = "60m", source = AURORA_SERVERLESS_RUNBOOK)
      RESTORE,

      @Does(
          "CreateDBInstance for each instance, until all are available and one of them is the"
              + " writer.")
      @Lasts(min = "5m", likely = "7m", max = "10m", source = ESTIMATE)
      INSTANCES
    }

    public record Outputs(
        @Says("The name of the new cluster.") @Like("{target}-{run}") String cluster,
        @Says("Its ARN.") @Like("arn:aws:rds:{region}:{account}:cluster:{target}-{run}") Arn arn,
        @Says("The host name of its writer.")
            @Like("{target}-{run}.cluster-c0example.{region}.rds.amazonaws.com")
            String endpoint,
        @Says(
                "The host name that spreads over its readers; the writer answers where there are"
                    + " none.")
            @Like("{target}-{run}.cluster-ro-c0example.{region}.rds.amazonaws.com")
            String readerEndpoint,
        @Says("Its port.") @Like("5432") int port,
        @Says("The time up to which it holds data.") @Like("2026-01-01T00:00:00Z")
            Instant recoveryPoint)
        implements Action.Outputs {}

    public RestoreCluster {
      if (capacity == null && instanceClass.equals("db.serverless")) {
        throw new IllegalArgumentException("class db.serverless needs a capacity");
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String ours = at.arn("rds", "cluster:" + at.named(target));
      String ourInstances = at.arn("rds", "db:" + at.named(target));
      String key = kmsKey == null ? at.arn("kms", "key/*") : kmsKey.value();
      return List.of(
          look(
              "rds:DescribeDBClusterSnapshots",
              at.arn("rds", "cluster-snapshot:*"),
              at.arn("rds", "cluster:*")),
          look("rds:DescribeDBClusters", at.arn("rds", "cluster:*")),
          look("rds:DescribeDBInstances", at.arn("rds", "db:*")),
          look("rds:ListTagsForResource", ours, ourInstances),
          change(
              Change.RESTORE,
              "rds:RestoreDBClusterFromSnapshot",
              ours,
              at.arn("rds", "cluster-snapshot:*"),
              at.arn("rds", "subgrp:" + subnetGroup),
              at.arn("rds", "cluster-pg:" + clusterParameterGroup),
              at.arn("rds", "og:*")),
          implied(Change.RESTORE, "rds:AddTagsToResource", ours),
          implied(Change.RESTORE, "kms:DescribeKey", at.arn("kms", "key/*")),
          implied(Change.RESTORE, "kms:CreateGrant", key),
          change(
              Change.INSTANCES,
              "rds:CreateDBInstance",
              ourInstances,
              ours,
              at.arn("rds", "subgrp:" + subnetGroup),
              at.arn("rds", "pg:" + parameterGroup),
              at.arn("rds", "og:*")),
          implied(Change.INSTANCES, "rds:AddTagsToResource", ourInstances),
          undo("rds:DeleteDBInstance", ourInstances),
          undo("rds:DeleteDBCluster", ours));
    }
  }

  @Facts(
      kind = "aurora.snapshot",
      says =
          "Takes a manual snapshot of an Aurora cluster and waits until it can be copied or"
              + " restored.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.NAME,
      undo = Undo.DELETES_OURS,
      undoing = "Deletes the snapshot if this step took it.",
      drill = Drill.ISOLATED,
      drilling = "Takes a snapshot named drill-<run>-<target> and deletes it at the end.",
      budget = "120m")
  record Snapshot(
      @Says("The cluster, in this Region.") String cluster,
      @Says("The base of the snapshot's name; the run is appended to it.") String target)
      implements Aurora {
    public enum Change implements Action.Change {
      @Does("CreateDBClusterSnapshot, until the snapshot is available.")
      @Lasts(min = "3m", likely = "10m", max = "30m", source = ESTIMATE)
      SNAPSHOT
    }

    public record Outputs(
        @Says("The ARN of the snapshot.")
            @Like("arn:aws:rds:{region}:{account}:cluster-snapshot:{target}-{run}")
            Arn snapshot,
        @Says("The time up to which it holds data.") @Like("2026-01-01T00:00:00Z")
            Instant recoveryPoint)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      String ours = at.arn("rds", "cluster-snapshot:" + at.named(target));
      return List.of(
          look(
              "rds:DescribeDBClusterSnapshots",
              at.arn("rds", "cluster-snapshot:*"),
              at.arn("rds", "cluster:*")),
          look("rds:DescribeDBClusters", at.arn("rds", "cluster:*")),
          change(
              Change.SNAPSHOT,
              "rds:CreateDBClusterSnapshot",
              at.arn("rds", "cluster:" + cluster),
              ours),
          implied(Change.SNAPSHOT, "rds:AddTagsToResource", ours),
          undo("rds:DeleteDBClusterSnapshot", ours));
    }
  }

  @Facts(
      kind = "aurora.copySnapshot",
      says =
          "Copies a cluster snapshot from another Region into this one, under this Region's key."
              + " The source Region must be alive; parameter groups are not copied along.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.NAME,
      undo = Undo.DELETES_OURS,
      undoing = "Deletes the copy if this step made it.",
      drill = Drill.ISOLATED,
      drilling = "Makes a copy named drill-<run>-<target> and deletes it at the end.",
      budget = "12h")
  record CopySnapshot(
      @Says("The cluster snapshot to copy, by the ARN it has in its own Region.") Arn source,
      @Says("The base of the copy's name; the run is appended to it.") String target,
      @Says("The key in this Region that encrypts the copy.") Arn kmsKey)
      implements Aurora {
    public enum Change implements Action.Change {
      @Does("CopyDBClusterSnapshot called in this Region, until the copy is available.")
      @Lasts(min = "5m", likely = "20m", max = "2h", source = RDS_COPY)
      COPY
    }

    public record Outputs(
        @Says("The ARN of the copy.")
            @Like("arn:aws:rds:{region}:{account}:cluster-snapshot:{target}-{run}")
            Arn snapshot)
        implements Action.Outputs {}

    public CopySnapshot {
      if (!source.resource().startsWith("cluster-snapshot:")) {
        throw new IllegalArgumentException("source is not the ARN of a cluster snapshot");
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String ours = at.arn("rds", "cluster-snapshot:" + at.named(target));
      return List.of(
          look(
              "rds:DescribeDBClusterSnapshots",
              at.arn("rds", "cluster-snapshot:*"),
              at.arn("rds", "cluster:*")),
          change(Change.COPY, "rds:CopyDBClusterSnapshot", source.value(), ours),
          implied(Change.COPY, "rds:AddTagsToResource", ours),
          implied(
              Change.COPY, "kms:DescribeKey", kmsKey.value(), at.arnInAnyRegion("kms", "key/*")),
          implied(
              Change.COPY, "kms:CreateGrant", kmsKey.value(), at.arnInAnyRegion("kms", "key/*")),
          undo("rds:DeleteDBClusterSnapshot", ours));
    }
  }

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
      undo = Undo.ONE_WAY,
      undoing =
          "One-way: lost writes do not come back; switch over once the former Region is healthy.",
      drill = Drill.LEFT_OUT,
      drilling = "Left out: it would lose production's last writes.",
      budget = "60m")
  record GlobalFailover(
      @Says("The global database, by its identifier.") String globalCluster,
      @Says("Its secondary cluster in this Region, which must have an instance.") String cluster)
      implements Aurora {
    public enum Change implements Action.Change {
      @Does(
          "FailoverGlobalCluster with AllowDataLoss, called in this Region, until the"
              + " cluster is the writer and available and no failover is in progress.")
      @Lasts(min = "1m", likely = "3m", max = "15m", source = AURORA_GLOBAL)
      FAILOVER
    }

    public record Outputs(
        @Says("The cluster that writes now.") @Like("{cluster}") String cluster,
        @Says("Its ARN.") @Like("arn:aws:rds:{region}:{account}:cluster:{cluster}") Arn arn,
        @Says("The host name of its writer, unchanged.")
            @Like("{cluster}.cluster-c0example.{region}.rds.amazonaws.com")
            String endpoint,
        @Says("The host name that spreads over its readers, unchanged.")
            @Like("{cluster}.cluster-ro-c0example.{region}.rds.amazonaws.com")
            String readerEndpoint,
        @Says("Its port.") @Like("5432") int port,
        @Says("The time up to which it holds data, from the last replication lag.")
            @Like("2026-01-01T00:00:00Z")
            Instant recoveryPoint)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      return List.of(
          look("rds:DescribeGlobalClusters", at.global("rds", "global-cluster:" + globalCluster)),
          look("rds:DescribeDBClusters", at.arn("rds", "cluster:*")),
          look("rds:DescribeDBInstances", at.arn("rds", "db:*")),
          look("cloudwatch:GetMetricData", Realm.ANYTHING),
          change(
              Change.FAILOVER,
              "rds:FailoverGlobalCluster",
              at.global("rds", "global-cluster:" + globalCluster),
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
      undo = Undo.PUTS_BACK,
      undoing = "Switches back to the former writer.",
      drill = Drill.LEFT_OUT,
      drilling = "Left out: it would move production's writer.",
      budget = "60m")
  record GlobalSwitchover(
      @Says("The global database, by its identifier.") String globalCluster,
      @Says("Its secondary cluster in this Region, which must have an instance.") String cluster,
      @Says(
              "The step waits until the secondary lags less than this: writes stand still while it"
                  + " catches up.")
          @Default("30s")
          Duration maxLag)
      implements Aurora {
    public enum Change implements Action.Change {
      @Does(
          "SwitchoverGlobalCluster called in the current writer's Region, until the cluster"
              + " is the writer and available and no switchover is in progress.")
      @Lasts(min = "1m", likely = "3m", max = "15m", source = ESTIMATE)
      SWITCHOVER
    }

    public record Outputs(
        @Says("The cluster that writes now.") @Like("{cluster}") String cluster,
        @Says("Its ARN.") @Like("arn:aws:rds:{region}:{account}:cluster:{cluster}") Arn arn,
        @Says("The host name of its writer, unchanged.")
            @Like("{cluster}.cluster-c0example.{region}.rds.amazonaws.com")
            String endpoint,
        @Says("The host name that spreads over its readers, unchanged.")
            @Like("{cluster}.cluster-ro-c0example.{region}.rds.amazonaws.com")
            String readerEndpoint,
        @Says("Its port.") @Like("5432") int port,
        @Says("The time of the switchover: nothing is lost.") @Like("2026-01-01T00:00:00Z")
            Instant recoveryPoint)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      String global = at.global("rds", "global-cluster:" + globalCluster);
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
      kind = "aurora.isolate",
      says =
          "Gives an Aurora cluster security groups that admit only the verifier, and remembers the"
              + " former ones: the write freeze before a final snapshot, and the quarantine of an"
              + " old primary.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      undo = Undo.PUTS_BACK,
      undoing = "Puts the former security groups back.",
      drill = Drill.LEFT_OUT,
      drilling = "Left out: it would cut production off its database.",
      budget = "15m")
  record Isolate(
      @Says("The cluster, in this Region.") String cluster,
      @Says("Security groups that admit nobody but the verifier.") @OneOrMany @AtLeast(1)
          List<String> securityGroups)
      implements Aurora {
    public enum Change implements Action.Change {
      @Does("ModifyDBCluster with the new security groups at once, until they are active.")
      @Lasts(min = "20s", likely = "1m", max = "5m", source = ESTIMATE)
      ISOLATE
    }

    public record Outputs(
        @Says("The isolated cluster.") @Like("{cluster}") String cluster,
        @Says("The security groups it had, separated by commas.") @Like("sg-0former")
            String formerSecurityGroups)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      String it = at.arn("rds", "cluster:" + cluster);
      return List.of(
          look("rds:DescribeDBClusters", at.arn("rds", "cluster:*")),
          change(Change.ISOLATE, "rds:ModifyDBCluster", it),
          undo("rds:ModifyDBCluster", it));
    }
  }

  @Facts(
      kind = "aurora.rename",
      says =
          "Renames an Aurora cluster, which changes its endpoints: to set the old primary aside, or"
              + " to give a restored cluster the name that the application knows. Its instances"
              + " keep their names.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      undo = Undo.PUTS_BACK,
      undoing = "Gives the cluster its former name back.",
      drill = Drill.REFUSED,
      drilling = "Refused: the name is what production connects to.",
      budget = "30m")
  record Rename(
      @Says("The cluster, in this Region.") String cluster,
      @Says("The new name, exactly; nothing is appended to it.") String to)
      implements Aurora {
    public enum Change implements Action.Change {
      @Does(
          "ModifyDBCluster with the new name at once, until it is available under that" + " name.")
      @Lasts(min = "2m", likely = "5m", max = "10m", source = ESTIMATE)
      RENAME
    }

    public record Outputs(
        @Says("The new name.") @Like("{to}") String cluster,
        @Says("The new host name of its writer.")
            @Like("{to}.cluster-c0example.{region}.rds.amazonaws.com")
            String endpoint,
        @Says("The new host name that spreads over its readers.")
            @Like("{to}.cluster-ro-c0example.{region}.rds.amazonaws.com")
            String readerEndpoint)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      String from = at.arn("rds", "cluster:" + cluster);
      String target = at.arn("rds", "cluster:" + to);
      return List.of(
          look("rds:DescribeDBClusters", at.arn("rds", "cluster:*")),
          change(Change.RENAME, "rds:ModifyDBCluster", from, target),
          undo("rds:ModifyDBCluster", from, target));
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
      @Says("The base of the secondary cluster's name; the run is appended to it.") String target,
      @Written("class") @Says("The class of the instances.") @Default("db.serverless")
          String instanceClass,
      @Says("How many instances to add; without one the secondary cannot take over.")
          @Default("1")
          @AtLeast(1)
          @AtMost(16)
          int instances,
      @Says("The range in which db.serverless instances scale.") @Nullable Capacity capacity,
      @Says("The DB subnet group, in this Region.") String subnetGroup,
      @Says("The security groups, in this Region.") @OneOrMany @AtLeast(1)
          List<String> securityGroups,
      @Says("The cluster parameter group, in this Region.") String clusterParameterGroup,
      @Says("The parameter group of the instances, in this Region.") String parameterGroup,
      @Says(
              "The key in this Region that encrypts the secondary; needed when the source is"
                  + " encrypted.")
          @Nullable Arn kmsKey)
      implements Aurora {
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
        @Says("Its ARN.") @Like("arn:aws:rds:{region}:{account}:cluster:{target}-{run}") Arn arn,
        @Says("The host name of its writer, of use only after a switchover.")
            @Like("{target}-{run}.cluster-c0example.{region}.rds.amazonaws.com")
            String endpoint,
        @Says("The host name that spreads over its readers.")
            @Like("{target}-{run}.cluster-ro-c0example.{region}.rds.amazonaws.com")
            String readerEndpoint,
        @Says("Its port.") @Like("5432") int port)
        implements Action.Outputs {}

    public AddRegion {
      if (!source.resource().startsWith("cluster:")) {
        throw new IllegalArgumentException("source is not the ARN of a cluster");
      }
      if (capacity == null && instanceClass.equals("db.serverless")) {
        throw new IllegalArgumentException("class db.serverless needs a capacity");
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String global = at.global("rds", "global-cluster:" + globalCluster);
      String ours = at.arn("rds", "cluster:" + at.named(target));
      String ourInstances = at.arn("rds", "db:" + at.named(target));
      String key = kmsKey == null ? at.arn("kms", "key/*") : kmsKey.value();
      return List.of(
          look("rds:DescribeGlobalClusters", at.global("rds", "global-cluster:*")),
          look("rds:DescribeDBClusters", at.arn("rds", "cluster:*"), source.value()),
          look("rds:DescribeDBInstances", at.arn("rds", "db:*")),
          look("rds:ListTagsForResource", ours, ourInstances, global),
          change(Change.GLOBAL, "rds:CreateGlobalCluster", global, source.value()),
          implied(Change.GLOBAL, "rds:AddTagsToResource", global),
          change(
              Change.CLUSTER,
              "rds:CreateDBCluster",
              ours,
              global,
              at.arn("rds", "subgrp:" + subnetGroup),
              at.arn("rds", "cluster-pg:" + clusterParameterGroup),
              at.arn("rds", "og:*")),
          implied(Change.CLUSTER, "rds:AddTagsToResource", ours),
          implied(Change.CLUSTER, "kms:DescribeKey", key),
          implied(Change.CLUSTER, "kms:CreateGrant", key),
          change(
              Change.INSTANCES,
              "rds:CreateDBInstance",
              ourInstances,
              ours,
              at.arn("rds", "subgrp:" + subnetGroup),
              at.arn("rds", "pg:" + parameterGroup),
              at.arn("rds", "og:*")),
          implied(Change.INSTANCES, "rds:AddTagsToResource", ourInstances),
          undo("rds:DeleteDBInstance", ourInstances),
          undo("rds:RemoveFromGlobalCluster", global, ours, source.value()),
          undo("rds:DeleteDBCluster", ours),
          undo("rds:DeleteGlobalCluster", global));
    }
  }

  @Facts(
      kind = "aurora.deleteCluster",
      says =
          "Deletes an Aurora cluster that carries Rekindle's tags for this application, and its"
              + " instances, after a final snapshot. Anything without those tags, and a member of a"
              + " global database, is refused.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      undo = Undo.ONE_WAY,
      undoing = "One-way: restore the final snapshot.",
      drill = Drill.REFUSED,
      drilling = "Refused: drills delete only the copies they made themselves.",
      budget = "90m")
  record DeleteCluster(@Says("The cluster, in this Region.") String cluster) implements Aurora {
    public enum Change implements Action.Change {
      @Does("DeleteDBInstance for each instance, until all are gone.")
      @Lasts(min = "5m", likely = "10m", max = "20m", source = ESTIMATE)
      INSTANCES,

      @Does("DeleteDBCluster with a final snapshot, until the cluster is gone.")
      @Lasts(min = "3m", likely = "10m", max = "30m", source = ESTIMATE)
      CLUSTER
    }

    public record Outputs(
        @Says("The ARN of the final snapshot.")
            @Like("arn:aws:rds:{region}:{account}:cluster-snapshot:{cluster}-final-{run}")
            Arn finalSnapshot)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      String it = at.arn("rds", "cluster:" + cluster);
      String itsInstances = at.arn("rds", "db:" + cluster + "-*");
      String finalSnapshots = at.arn("rds", "cluster-snapshot:*-final-*");
      return List.of(
          look("rds:DescribeDBClusters", at.arn("rds", "cluster:*")),
          look("rds:DescribeDBInstances", at.arn("rds", "db:*")),
          look("rds:DescribeGlobalClusters", at.global("rds", "global-cluster:*")),
          look("rds:ListTagsForResource", it, itsInstances),
          change(Change.INSTANCES, "rds:DeleteDBInstance", itsInstances),
          change(Change.CLUSTER, "rds:DeleteDBCluster", it, finalSnapshots),
          implied(Change.CLUSTER, "rds:CreateDBClusterSnapshot", it, finalSnapshots),
          implied(Change.CLUSTER, "rds:AddTagsToResource", finalSnapshots));
    }
  }
}
