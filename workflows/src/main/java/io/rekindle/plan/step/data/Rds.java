package io.rekindle.plan.step.data;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.implied;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Permission.undo;
import static io.rekindle.plan.step.Sources.ESTIMATE;

import io.rekindle.plan.shape.Component.AtLeast;
import io.rekindle.plan.shape.Component.AtMost;
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
import io.rekindle.plan.step.data.Databases.FormerGroups;
import io.rekindle.plan.step.data.Databases.InstanceAddress;
import io.rekindle.plan.step.data.Databases.Network;
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

/** Amazon RDS (not Aurora): its DB instances, and what else there is of it. */
public sealed interface Rds extends Action, Databases.OfRds
    permits RdsReplicas,
        RdsSnapshots,
        Rds.RestoreInstance,
        Rds.StopInstance,
        Rds.DeleteInstance,
        Rds.Isolate,
        Rds.Rename {

  String FINAL_SNAPSHOTS = "snapshot:*-final-*";

  @Facts(
      kind = "rds.restoreInstance",
      says =
          "Restores a DB instance from a snapshot that is already in this Region, under a name of"
              + " its own. Subnet group, security groups and parameter group are required, because"
              + " AWS would silently take the defaults; storage and IAM authentication are those"
              + " of the snapshot.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.NAME,
      thing = "target",
      point = "snapshot",
      undo = Undo.DELETES_OURS,
      undoing =
          "Deletes the instance if this step created it; with a final snapshot, which is named,"
              + " once compute has begun or if it was taken over.",
      drill = Drill.ISOLATED,
      drilling =
          "Restores a copy named drill-<run>-<target> and deletes it with its backups at the end.",
      budget = "120m")
  record RestoreInstance(
      @Says("Which snapshot to restore.") SnapshotChoice snapshot,
      @Says("The base of the new name; the run is appended to it.") DatabaseName target,
      @Written("class")
          @Says(
              "The instance class; further entries are tried when AWS has no capacity for the"
                  + " first, or finds that out only later.")
          @OneOrMany
          @AtLeast(1)
          List<String> classes,
      @Written(inline = true) Network network,
      @Says("The parameter group, in this Region: snapshots do not bring theirs along.")
          String parameterGroup,
      @Says("The option group, where the engine needs one.") @Nullable String optionGroup,
      @Says("Whether to run a standby in a second Availability Zone.") boolean multiAz,
      @Says(
              "The storage type, where it is to differ from the snapshot's; a conversion makes the"
                  + " restore slower.")
          @Nullable String storageType,
      @Says("Provisioned I/O operations a second, where they are to differ from the snapshot's.")
          @AtLeast(1000)
          @Nullable Integer iops,
      @Says("The throughput of gp3 in MiB a second, where it is to differ from the snapshot's.")
          @AtLeast(125)
          @Nullable Integer throughput,
      @Says(
              "Days of automated backups to keep; without it, as many as the snapshot's database"
                  + " kept.")
          @AtLeast(0)
          @AtMost(35)
          @Nullable Integer backupRetention,
      @Says(
              "Whether AWS refuses to delete the instance once it is restored, as a snapshot does"
                  + " not say; a drill's copy is not protected.")
          boolean deletionProtection,
      @Written(inline = true) OwnTags own)
      implements Rds {
    public enum Change implements Action.Change {
      @Does(
          "RestoreDBInstanceFromDBSnapshot, until the instance is available; one for which AWS"
              + " finds no capacity is deleted, and the next class tried; it is restarted where"
              + " its parameter group waits for that.")
      @Lasts(min = "10m", likely = "20m", max = "40m", source = ESTIMATE)
      RESTORE,

      @Does(
          value =
              "ModifyDBInstance at once, because a restore takes the backup retention of the"
                  + " snapshot's database.",
          onlyIf = "backupRetention")
      @Lasts(min = "10s", likely = "30s", max = "3m", source = ESTIMATE)
      BACKUPS,

      @Does(
          value = "ModifyDBInstance at once: from then on AWS refuses to delete the instance.",
          onlyIf = "deletionProtection")
      @Lasts(min = "5s", likely = "10s", max = "1m", source = ESTIMATE)
      PROTECT
    }

    public record Outputs(
        @Says("The name of the new instance.") @Like("{target}-{run}") String instance,
        @Like("{target}-{run}") InstanceAddress address,
        Recovered recovered)
        implements Action.Outputs {}

    @Override
    public Optional<NewName> makes() {
      return Optional.of(target);
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String ours = at.arn("rds", "db:" + at.named(target));
      String kept = at.arn("rds", FINAL_SNAPSHOTS);
      List<Permission> needed =
          new ArrayList<>(
              List.of(
                  look("rds:DescribeDBSnapshots", snapshot.from(at)),
                  look("rds:DescribeDBInstances", at.arn("rds", "db:*")),
                  look("rds:DescribeDBSubnetGroups", network.subnets(at)),
                  look("rds:DescribeDBParameterGroups", at.arn("rds", "pg:" + parameterGroup)),
                  change(
                      Change.RESTORE,
                      "rds:RestoreDBInstanceFromDBSnapshot",
                      snapshot.from(
                          at,
                          ours,
                          network.subnets(at),
                          at.arn("rds", "pg:" + parameterGroup),
                          at.arn("rds", "og:*"))),
                  change(Change.RESTORE, "rds:RebootDBInstance", ours),
                  look("rds:DescribeEvents", Realm.ANYTHING),
                  implied(Change.RESTORE, "rds:AddTagsToResource", ours, kept),
                  implied(Change.RESTORE, "rds:ListTagsForResource", ours),
                  implied(Change.RESTORE, "kms:DescribeKey", at.arn("kms", "key/*")),
                  implied(Change.RESTORE, "kms:CreateGrant", at.arn("kms", "key/*")),
                  undo("rds:DeleteDBInstance", ours),
                  implied("rds:CreateDBSnapshot", ours, kept)));
      if (classes.size() > 1) {
        needed.add(change(Change.RESTORE, "rds:DeleteDBInstance", ours));
      }
      if (backupRetention != null) {
        needed.add(change(Change.BACKUPS, "rds:ModifyDBInstance", ours));
      }
      if (deletionProtection) {
        needed.add(change(Change.PROTECT, "rds:ModifyDBInstance", ours));
        needed.add(undo("rds:ModifyDBInstance", ours));
      }
      return List.copyOf(needed);
    }
  }

  @Facts(
      kind = "rds.stopInstance",
      says =
          "Stops a DB instance, to fence it or to save cost. AWS starts a stopped instance again"
              + " after seven days by itself.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      thing = "instance",
      undo = Undo.PUTS_BACK,
      undoing = "Starts the instance if it was running.",
      drill = Drill.LEFT_OUT,
      drilling = "Left out: it would stop a production database.",
      budget = "40m")
  record StopInstance(@Says("The instance, in this Region.") String instance) implements Rds {
    public enum Change implements Action.Change {
      @Does("StopDBInstance, until the instance is stopped.")
      @Lasts(min = "2m", likely = "5m", max = "15m", source = ESTIMATE)
      STOP
    }

    public record Outputs(@Says("The stopped instance.") @Like("{instance}") String instance)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      String it = at.arn("rds", "db:" + instance);
      return List.of(
          look("rds:DescribeDBInstances", at.arn("rds", "db:*")),
          change(Change.STOP, "rds:StopDBInstance", it),
          undo("rds:StartDBInstance", it));
    }
  }

  @Facts(
      kind = "rds.deleteInstance",
      says =
          "Deletes a DB instance that carries Rekindle's tags for this application, after a final"
              + " snapshot; its automated backups stay for as long as they were to be kept."
              + " Anything without those tags is refused.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      thing = "instance",
      undo = Undo.ONE_WAY,
      undoing = "One-way: restore the final snapshot.",
      drill = Drill.REFUSED,
      drilling = "Refused: drills delete only the copies they made themselves.",
      budget = "60m")
  record DeleteInstance(@Says("The instance, in this Region.") String instance) implements Rds {
    public enum Change implements Action.Change {
      @Does(
          "DeleteDBInstance with a final snapshot, keeping the automated backups, until the"
              + " instance is gone.")
      @Lasts(min = "5m", likely = "10m", max = "30m", source = ESTIMATE)
      DELETE
    }

    public record Outputs(
        @Says("The ARN of the final snapshot.")
            @Like("arn:{partition}:rds:{region}:{account}:snapshot:{instance}-final-{run}")
            Arn finalSnapshot)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      String it = at.arn("rds", "db:" + instance);
      return List.of(
          look("rds:DescribeDBInstances", at.arn("rds", "db:*")),
          change(Change.DELETE, "rds:DeleteDBInstance", it),
          implied(Change.DELETE, "rds:CreateDBSnapshot", it, at.arn("rds", FINAL_SNAPSHOTS)),
          implied(Change.DELETE, "rds:ListTagsForResource", it),
          implied(Change.DELETE, "rds:AddTagsToResource", at.arn("rds", FINAL_SNAPSHOTS)));
    }
  }

  @Facts(
      kind = "rds.isolate",
      says =
          "Gives a DB instance security groups that admit only the verifier, remembers the former"
              + " ones, and restarts it, because whoever is connected stays so for days: the write"
              + " freeze before a final snapshot, and the quarantine of an old primary. It is done"
              + " when nobody is connected; an RDS Proxy must not be admitted, and read replicas"
              + " go on serving what they have.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      thing = "instance",
      undo = Undo.PUTS_BACK,
      undoing = "Puts the former security groups back; clients connect again by themselves.",
      drill = Drill.LEFT_OUT,
      drilling = "Left out: it would cut production off its database.",
      budget = "30m")
  record Isolate(
      @Says("The instance, in this Region.") String instance,
      @Written(inline = true) Quarantine quarantine)
      implements Rds {
    public enum Change implements Action.Change {
      @Does("ModifyDBInstance with the new security groups at once, until they are active.")
      @Lasts(min = "20s", likely = "1m", max = "5m", source = ESTIMATE)
      ISOLATE,

      @Does(
          "RebootDBInstance, until nobody has been connected for a whole minute, as CloudWatch's"
              + " DatabaseConnections shows.")
      @Lasts(min = "2m", likely = "4m", max = "10m", source = ESTIMATE)
      DISCONNECT
    }

    public record Outputs(
        @Says("The isolated instance.") @Like("{instance}") String instance, FormerGroups former)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      String it = at.arn("rds", "db:" + instance);
      return List.of(
          look("rds:DescribeDBInstances", at.arn("rds", "db:*")),
          look("rds:DescribeEvents", Realm.ANYTHING),
          look("cloudwatch:GetMetricData", Realm.ANYTHING),
          change(Change.ISOLATE, "rds:ModifyDBInstance", it),
          change(Change.DISCONNECT, "rds:RebootDBInstance", it),
          undo("rds:ModifyDBInstance", it));
    }
  }

  @Facts(
      kind = "rds.rename",
      says =
          "Renames a DB instance, which changes its endpoint and reboots it: to set the old primary"
              + " aside, or to give a restored database the name that the application knows.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      thing = "instance",
      undo = Undo.PUTS_BACK,
      undoing = "Gives the instance its former name back.",
      drill = Drill.REFUSED,
      drilling = "Refused: the name is what production connects to.",
      budget = "30m")
  record Rename(
      @Says("The instance, in this Region.") String instance,
      @Says("The new name, exactly; nothing is appended to it.") String to)
      implements Rds {
    public enum Change implements Action.Change {
      @Does("ModifyDBInstance with the new name at once, until it is available under it.")
      @Lasts(min = "2m", likely = "5m", max = "10m", source = ESTIMATE)
      RENAME
    }

    public record Outputs(
        @Says("The new name.") @Like("{to}") String instance,
        @Says("Its new host name.") @Like("{to}.c0example.{region}.rds.{suffix}") String endpoint)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      String from = at.arn("rds", "db:" + instance);
      String target = at.arn("rds", "db:" + to);
      return List.of(
          look("rds:DescribeDBInstances", at.arn("rds", "db:*")),
          change(Change.RENAME, "rds:ModifyDBInstance", from, target),
          undo("rds:ModifyDBInstance", from, target));
    }
  }
}
