package io.rekindle.plan.step.data;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.implied;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Permission.undo;
import static io.rekindle.plan.step.Sources.ESTIMATE;

import io.rekindle.plan.shape.Component.AtLeast;
import io.rekindle.plan.shape.Component.AtMost;
import io.rekindle.plan.shape.Component.Default;
import io.rekindle.plan.shape.Component.OneOrMany;
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
import io.rekindle.plan.step.data.Databases.Capacity;
import io.rekindle.plan.step.data.Databases.InstanceAddress;
import io.rekindle.plan.step.data.Databases.Network;
import io.rekindle.plan.step.data.Databases.Recovered;
import io.rekindle.plan.value.Arn;
import io.rekindle.plan.value.DatabaseName;
import io.rekindle.plan.value.NewName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Recovery points of AWS Backup. */
public sealed interface Backup extends Action, Databases.OfRds {

  /** Which recovery point of the vault to use. */
  sealed interface RecoveryPointChoice {

    record Latest(
        @Says(
                "The database, by the ARN it has in its own Region, whose newest complete recovery"
                    + " point in the vault is taken; the gate shows and pins it.")
            Arn latestCopyOf,
        @Says("The step is broken when the newest recovery point is older than this.")
            @Nullable Duration maxAge,
        @Says("The step is broken when the newest recovery point is from before this time.")
            @Nullable Instant notBefore)
        implements RecoveryPointChoice {}

    record Exact(@Says("The recovery point, by its ARN in the vault.") Arn arn)
        implements RecoveryPointChoice {}
  }

  @Facts(
      kind = "backup.restore",
      says =
          "Restores an RDS instance or an Aurora cluster from a recovery point in a vault of this"
              + " Region, under a name of its own. The recovery point remembers the network of the"
              + " Region it comes from, so subnet group, security groups and parameter group are"
              + " required; AWS Backup adds no instance to an Aurora cluster, this step does. A"
              + " running restore job cannot be cancelled.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.NAME,
      thing = "target",
      point = "recoveryPoint",
      undo = Undo.DELETES_OURS,
      undoing =
          "Waits for a running restore job, then deletes what it made if this step started it and"
              + " it has never served; what may have served is kept.",
      drill = Drill.ISOLATED,
      drilling = "Restores a copy named drill-<run>-<target> and deletes it at the end.",
      budget = "4h")
  record Restore(
      @Says("The backup vault, in this Region.") String vault,
      @Says("Which recovery point to restore.") RecoveryPointChoice recoveryPoint,
      @Says("The role that AWS Backup restores with.") Arn restoreRole,
      @Says("The base of the new name; the run is appended to it.") DatabaseName target,
      @Written("class")
          @Says(
              "The instance class; further entries are tried when AWS has no capacity for the"
                  + " first.")
          @OneOrMany
          @AtLeast(1)
          List<String> classes,
      @Written(inline = true) Network network,
      @Says("The parameter group of the instance or, for Aurora, of the instances, in this Region.")
          String parameterGroup,
      @Says("The cluster parameter group, in this Region; for Aurora, and only there.")
          @Nullable String clusterParameterGroup,
      @Says("The range in which db.serverless instances of an Aurora cluster scale.")
          @Nullable Capacity capacity,
      @Says("How many instances an Aurora cluster gets; the first becomes the writer.")
          @Default("1")
          @AtLeast(1)
          @AtMost(16)
          int instances,
      @Says("The option group of an RDS instance, where the engine needs one.")
          @Nullable String optionGroup,
      @Says("Whether an RDS instance runs a standby in a second Availability Zone.")
          boolean multiAz,
      @Says("Days of automated backups to keep; a replica can only follow where there are any.")
          @Default("7")
          @AtLeast(1)
          @AtMost(35)
          int backupRetention)
      implements Backup {
    public enum Change implements Action.Change {
      @Does("StartRestoreJob, until the job is completed and the database is available.")
      @Lasts(min = "15m", likely = "30m", max = "60m", source = ESTIMATE)
      RESTORE,

      @Does(
          "AddTagsToResource, so that the run knows the database as its own, and before it"
              + " RemoveTagsFromResource where it came with tags of an earlier run.")
      @Lasts(min = "1s", likely = "2s", max = "30s", source = ESTIMATE)
      TAG,

      @Does(
          "ModifyDBInstance or, for Aurora, ModifyDBCluster at once: a restore job takes no"
              + " retention of backups, and may leave groups as they were.")
      @Lasts(min = "10s", likely = "30s", max = "3m", source = ESTIMATE)
      CONFIGURE,

      @Does(
          value =
              "ModifyDBCluster with the serverless capacity at once, until the cluster is"
                  + " available.",
          onlyIf = "capacity")
      @Lasts(min = "20s", likely = "1m", max = "5m", source = ESTIMATE)
      CAPACITY,

      @Does(
          value =
              "CreateDBInstance for each instance, until all are available and one of them is the"
                  + " writer.",
          onlyIf = "clusterParameterGroup")
      @Lasts(min = "5m", likely = "7m", max = "10m", source = ESTIMATE)
      INSTANCES
    }

    public record Outputs(
        @Says("The name of the new instance; of an Aurora cluster, of its writer.")
            @Like("{target}-{run}")
            String instance,
        @Says("The name of the new Aurora cluster; empty when an RDS instance was restored.")
            @Like("{target}-{run}")
            String cluster,
        @Says("Its host name; of an Aurora cluster, the one that follows its writer.")
            @Like("{target}-{run}")
            InstanceAddress address,
        Recovered recovered)
        implements Action.Outputs {}

    public Restore {
      if (!restoreRole.service().equals("iam") || !restoreRole.resource().startsWith("role/")) {
        throw new IllegalArgumentException("restoreRole is not the ARN of a role");
      }
      boolean aurora = clusterParameterGroup != null;
      String resource =
          switch (recoveryPoint) {
            case RecoveryPointChoice.Latest latest -> latest.latestCopyOf().resource();
            case RecoveryPointChoice.Exact exact -> exact.arn().resource();
          };
      if (recoveryPoint instanceof RecoveryPointChoice.Latest
          && !resource.startsWith("db:")
          && !resource.startsWith("cluster:")) {
        throw new IllegalArgumentException(
            "latestCopyOf is not the ARN of a DB instance or cluster");
      }
      if (!aurora && resource.startsWith("cluster")) {
        throw new IllegalArgumentException("an Aurora cluster needs a clusterParameterGroup");
      }
      if (aurora && (resource.startsWith("db:") || resource.startsWith("snapshot:"))) {
        throw new IllegalArgumentException("clusterParameterGroup is for Aurora clusters only");
      }
      if (!aurora && (capacity != null || instances > 1)) {
        throw new IllegalArgumentException("capacity and instances are for Aurora clusters only");
      }
      if (aurora && (multiAz || optionGroup != null)) {
        throw new IllegalArgumentException("multiAz and optionGroup are for RDS instances only");
      }
      if (capacity == null && classes.contains("db.serverless")) {
        throw new IllegalArgumentException("class db.serverless needs a capacity");
      }
    }

    @Override
    public Optional<NewName> makes() {
      return Optional.of(target);
    }

    private boolean isCluster() {
      return clusterParameterGroup != null;
    }

    @Override
    public List<Permission> permissions(Realm at) {
      List<Permission> needed = new ArrayList<>(ofBackup(at));
      needed.addAll(ofInstances(at));
      if (isCluster()) {
        needed.addAll(ofClusters(at));
      }
      return List.copyOf(needed);
    }

    private List<Permission> ofBackup(Realm at) {
      String[] points = {
        at.arn("rds", "snapshot:awsbackup:*"),
        at.arn("rds", "cluster-snapshot:awsbackup:*"),
        at.arn("backup", "recovery-point:*")
      };
      return List.of(
          look("backup:ListRecoveryPointsByBackupVault", at.arn("backup", "backup-vault:" + vault)),
          look("backup:DescribeRecoveryPoint", points),
          look("backup:GetRecoveryPointRestoreMetadata", points),
          look("backup:DescribeRestoreJob", Realm.ANYTHING),
          look("backup:ListRestoreJobs", Realm.ANYTHING),
          look("backup:GetRestoreJobMetadata", Realm.ANYTHING),
          change(Change.RESTORE, "backup:StartRestoreJob", points),
          implied(Change.RESTORE, "iam:PassRole", restoreRole.value()));
    }

    /** Of a cluster they are its members. */
    private List<Permission> ofInstances(Realm at) {
      String instances =
          isCluster() ? Network.members(at, target) : at.arn("rds", "db:" + at.named(target));
      String ours = isCluster() ? at.arn("rds", "cluster:" + at.named(target)) : instances;
      String group = at.arn("rds", "pg:" + parameterGroup);
      Change making = isCluster() ? Change.INSTANCES : Change.RESTORE;
      List<Permission> needed =
          new ArrayList<>(
              List.of(
                  look("rds:DescribeDBInstances", at.arn("rds", "db:*")),
                  look("rds:DescribeDBSubnetGroups", network.subnets(at)),
                  look("rds:DescribeDBParameterGroups", group),
                  look("rds:DescribeEvents", Realm.ANYTHING),
                  implied(
                      Change.RESTORE,
                      "rds:ListTagsForResource",
                      Stream.of(ours, instances).distinct().toArray(String[]::new)),
                  change(making, "rds:RebootDBInstance", instances),
                  change(Change.TAG, "rds:AddTagsToResource", ours),
                  change(Change.TAG, "rds:RemoveTagsFromResource", ours),
                  undo("rds:DeleteDBInstance", instances)));
      if (!isCluster()) {
        needed.add(change(Change.CONFIGURE, "rds:ModifyDBInstance", ours, group));
      }
      if (classes.size() > 1) {
        needed.add(change(making, "rds:DeleteDBInstance", instances));
      }
      return needed;
    }

    private List<Permission> ofClusters(Realm at) {
      String ours = at.arn("rds", "cluster:" + at.named(target));
      String group = at.arn("rds", "cluster-pg:" + clusterParameterGroup);
      List<Permission> needed =
          new ArrayList<>(
              List.of(
                  look("rds:DescribeDBClusters", at.arn("rds", "cluster:*")),
                  look("rds:DescribeDBClusterParameterGroups", group),
                  change(Change.CONFIGURE, "rds:ModifyDBCluster", ours, group),
                  network.addInstances(Change.INSTANCES, at, target, parameterGroup),
                  implied(Change.INSTANCES, "rds:AddTagsToResource", Network.members(at, target)),
                  undo("rds:DeleteDBCluster", ours)));
      if (capacity != null) {
        needed.add(change(Change.CAPACITY, "rds:ModifyDBCluster", ours));
      }
      return needed;
    }
  }
}
