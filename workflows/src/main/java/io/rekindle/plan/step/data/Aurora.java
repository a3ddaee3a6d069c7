package io.rekindle.plan.step.data;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.implied;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Permission.undo;
import static io.rekindle.plan.step.Sources.AURORA_SERVERLESS_RUNBOOK;
import static io.rekindle.plan.step.Sources.ESTIMATE;

import io.rekindle.plan.shape.Component.AtLeast;
import io.rekindle.plan.shape.Component.AtMost;
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
import io.rekindle.plan.step.data.Databases.FormerGroups;
import io.rekindle.plan.step.data.Databases.NewCluster;
import io.rekindle.plan.step.data.Databases.Quarantine;
import io.rekindle.plan.step.data.Databases.Recovered;
import io.rekindle.plan.step.data.Databases.SnapshotChoice;
import io.rekindle.plan.value.Arn;
import io.rekindle.plan.value.DatabaseName;
import io.rekindle.plan.value.NewName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Amazon Aurora: its clusters, and what else there is of it. */
public sealed interface Aurora extends Action, Databases.OfRds
    permits AuroraGlobal,
        AuroraSnapshots,
        Aurora.RestoreCluster,
        Aurora.Isolate,
        Aurora.Rename,
        Aurora.DeleteCluster {

  @Facts(
      kind = "aurora.restoreCluster",
      says =
          "Restores an Aurora cluster from a cluster snapshot that is already in this Region, under"
              + " a name of its own, and adds instances: a cluster that is available but has no"
              + " instance accepts no connection.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.NAME,
      thing = "target",
      point = "snapshot",
      undo = Undo.DELETES_OURS,
      undoing =
          "Deletes the instances, then the cluster, if this step created them and they have never"
              + " served; what may have served is kept, and named.",
      drill = Drill.ISOLATED,
      drilling =
          "Restores a copy named drill-<run>-<target> with the shortest backups and deletes it at"
              + " the end.",
      budget = "180m")
  record RestoreCluster(
      @Says("Which cluster snapshot to restore.") SnapshotChoice snapshot,
      @Says("The base of the new name; the run is appended to it.") DatabaseName target,
      @Says("The engine version; without it the snapshot's own, never the default of this Region.")
          @Nullable String engineVersion,
      @Written(inline = true) NewCluster made,
      @Says("The key in this Region that encrypts the cluster; without it the snapshot's own.")
          @Nullable Arn kmsKey,
      @Says("Days of automated backups to keep.") @Default("7") @AtLeast(1) @AtMost(35)
          int backupRetention,
      @Says(
              "Whether AWS refuses to delete the cluster once it is restored, as a snapshot does"
                  + " not say; a drill's copy is not protected.")
          boolean deletionProtection)
      implements Aurora {
    public enum Change implements Action.Change {
      @Does("RestoreDBClusterFromSnapshot, until the cluster is available.")
      @Lasts(min = "30m", likely = "40m", max = "60m", source = AURORA_SERVERLESS_RUNBOOK)
      RESTORE,

      @Does(
          "ModifyDBCluster at once, because a restore takes the backup retention of the snapshot's"
              + " cluster; only where it differs.")
      @Lasts(min = "10s", likely = "30s", max = "3m", source = ESTIMATE)
      BACKUPS,

      @Does(
          "CreateDBInstance for each instance, until all are available and one of them is the"
              + " writer; one for which AWS finds no capacity is deleted, and the next class tried;"
              + " it is restarted where its parameter group waits for that.")
      @Lasts(min = "5m", likely = "7m", max = "10m", source = ESTIMATE)
      INSTANCES,

      @Does(
          value = "ModifyDBCluster at once: from then on AWS refuses to delete the cluster.",
          onlyIf = "deletionProtection")
      @Lasts(min = "5s", likely = "10s", max = "1m", source = ESTIMATE)
      PROTECT
    }

    public record Outputs(
        @Says("The name of the new cluster.") @Like("{target}-{run}") String cluster,
        @Like("{target}-{run}") ClusterAddress address,
        Recovered recovered)
        implements Action.Outputs {}

    @Override
    public Optional<NewName> makes() {
      return Optional.of(target);
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String ours = at.arn("rds", "cluster:" + at.named(target));
      String ourInstances = Databases.Network.members(at, target);
      String key = kmsKey == null ? at.arn("kms", "key/*") : kmsKey.value();
      List<Permission> needed =
          new ArrayList<>(
              List.of(
                  look(
                      "rds:DescribeDBClusterSnapshots",
                      snapshot.fromCluster(at, at.arn("rds", "cluster:*"))),
                  look("rds:DescribeDBClusters", at.arn("rds", "cluster:*")),
                  look("rds:DescribeDBInstances", at.arn("rds", "db:*")),
                  look("rds:DescribeEvents", Realm.ANYTHING),
                  made.make(
                      Change.RESTORE,
                      "rds:RestoreDBClusterFromSnapshot",
                      at,
                      target,
                      snapshot.fromCluster(at)),
                  implied(Change.RESTORE, "rds:AddTagsToResource", ours),
                  implied(Change.RESTORE, "rds:ListTagsForResource", ours, ourInstances),
                  implied(Change.RESTORE, "kms:DescribeKey", at.arn("kms", "key/*")),
                  implied(Change.RESTORE, "kms:CreateGrant", key),
                  change(Change.BACKUPS, "rds:ModifyDBCluster", ours),
                  made.addInstances(Change.INSTANCES, at, target),
                  change(Change.INSTANCES, "rds:RebootDBInstance", ourInstances),
                  implied(Change.INSTANCES, "rds:AddTagsToResource", ourInstances),
                  undo("rds:DeleteDBInstance", ourInstances),
                  undo("rds:DeleteDBCluster", ours)));
      made.looks(at).forEach(needed::add);
      if (made.classes().size() > 1) {
        needed.add(change(Change.INSTANCES, "rds:DeleteDBInstance", ourInstances));
      }
      if (deletionProtection) {
        needed.add(change(Change.PROTECT, "rds:ModifyDBCluster", ours));
        needed.add(undo("rds:ModifyDBCluster", ours));
      }
      return List.copyOf(needed);
    }
  }

  @Facts(
      kind = "aurora.isolate",
      says =
          "Gives an Aurora cluster security groups that admit only the verifier, remembers the"
              + " former ones, and restarts its instances, because whoever is connected stays so"
              + " for days: the write freeze before a final snapshot, and the quarantine of an old"
              + " primary. It is done when nobody is connected; an RDS Proxy must not be admitted.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      thing = "cluster",
      undo = Undo.PUTS_BACK,
      undoing = "Puts the former security groups back; clients connect again by themselves.",
      drill = Drill.LEFT_OUT,
      drilling = "Left out: it would cut production off its database.",
      budget = "30m")
  record Isolate(
      @Says("The cluster, in this Region.") String cluster,
      @Written(inline = true) Quarantine quarantine)
      implements Aurora {
    public enum Change implements Action.Change {
      @Does("ModifyDBCluster with the new security groups at once, until they are active.")
      @Lasts(min = "20s", likely = "1m", max = "5m", source = ESTIMATE)
      ISOLATE,

      @Does(
          "RebootDBInstance for each instance, until nobody has been connected to any for a whole"
              + " minute, as CloudWatch's DatabaseConnections shows.")
      @Lasts(min = "2m", likely = "4m", max = "10m", source = ESTIMATE)
      DISCONNECT
    }

    public record Outputs(
        @Says("The isolated cluster.") @Like("{cluster}") String cluster, FormerGroups former)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      String it = at.arn("rds", "cluster:" + cluster);
      return List.of(
          look("rds:DescribeDBClusters", at.arn("rds", "cluster:*")),
          look("rds:DescribeDBInstances", at.arn("rds", "db:*")),
          look("rds:DescribeEvents", Realm.ANYTHING),
          look("cloudwatch:GetMetricData", Realm.ANYTHING),
          change(Change.ISOLATE, "rds:ModifyDBCluster", it),
          change(Change.DISCONNECT, "rds:RebootDBInstance", at.arn("rds", "db:*")),
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
      thing = "cluster",
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
        @Says("The new host name of its writer.") @Like("{to}") ClusterAddress.Endpoints endpoints)
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
      kind = "aurora.deleteCluster",
      says =
          "Deletes an Aurora cluster that carries Rekindle's tags for this application, and its"
              + " instances, after a final snapshot; its automated backups stay for as long as they"
              + " were to be kept. Anything without those tags, and a member of a global database,"
              + " is refused.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      thing = "cluster",
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

      @Does(
          "DeleteDBCluster with a final snapshot, keeping the automated backups, until the cluster"
              + " is gone.")
      @Lasts(min = "3m", likely = "10m", max = "30m", source = ESTIMATE)
      CLUSTER
    }

    public record Outputs(
        @Says("The ARN of the final snapshot.")
            @Like("arn:{partition}:rds:{region}:{account}:cluster-snapshot:{cluster}-final-{run}")
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
          implied(Change.INSTANCES, "rds:ListTagsForResource", it, itsInstances),
          change(Change.INSTANCES, "rds:DeleteDBInstance", itsInstances),
          change(Change.CLUSTER, "rds:DeleteDBCluster", it, finalSnapshots),
          implied(Change.CLUSTER, "rds:CreateDBClusterSnapshot", it, finalSnapshots),
          implied(Change.CLUSTER, "rds:AddTagsToResource", finalSnapshots));
    }
  }
}
