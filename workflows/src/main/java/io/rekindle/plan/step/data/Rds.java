package io.rekindle.plan.step.data;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.implied;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Permission.undo;
import static io.rekindle.plan.step.Sources.ESTIMATE;
import static io.rekindle.plan.step.Sources.RDS_COPY;
import static io.rekindle.plan.step.Sources.RDS_READ_REPLICAS;

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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Amazon RDS database instances (not Aurora). */
public sealed interface Rds extends Action {

  @Facts(
      kind = "rds.restoreInstance",
      says =
          "Restores a DB instance from a snapshot that is already in this Region, under a name of"
              + " its own. Subnet group, security groups and parameter group are required, because"
              + " AWS would silently take the defaults.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.NAME,
      undo = Undo.DELETES_OURS,
      undoing = "Deletes the instance if this step created it and it has never served.",
      drill = Drill.ISOLATED,
      drilling =
          "Restores a copy named drill-<run>-<target> and deletes it with its backups at the end.",
      budget = "120m")
  record RestoreInstance(
      @Says("Which snapshot to restore.") SnapshotChoice snapshot,
      @Says("The base of the new name; the run is appended to it.") String target,
      @Written("class")
          @Says(
              "The instance class; further entries are tried when AWS has no capacity for the"
                  + " first.")
          @OneOrMany
          @AtLeast(1)
          List<String> classes,
      @Says("The DB subnet group, in this Region.") String subnetGroup,
      @Says("The security groups, in this Region.") @OneOrMany @AtLeast(1)
          List<String> securityGroups,
      @Says("The parameter group, in this Region: snapshots do not bring theirs along.")
          String parameterGroup,
      @Says("The option group, where the engine needs one.") @Nullable String optionGroup,
      @Says("Whether to run a standby in a second Availability Zone.") boolean multiAz,
      @Says("The storage type; a conversion makes the restore slower.")
          @Nullable String storageType,
      @Says(
              "Days of automated backups to keep; without it, as many as the snapshot's database"
                  + " kept.")
          @AtLeast(0)
          @AtMost(35)
          @Nullable Integer backupRetention)
      implements Rds {
    public enum Change implements Action.Change {
      @Does("RestoreDBInstanceFromDBSnapshot, until the instance is available.")
      @Lasts(min = "10m", likely = "20m", max = "40m", source = ESTIMATE)
      RESTORE,

      @Does(
          value =
              "ModifyDBInstance at once, because a restore takes the backup retention of the"
                  + " snapshot's database.",
          onlyIf = "backupRetention")
      @Lasts(min = "10s", likely = "30s", max = "3m", source = ESTIMATE)
      BACKUPS
    }

    public record Outputs(
        @Says("The name of the new instance.") @Like("{target}-{run}") String instance,
        @Says("Its ARN.") @Like("arn:aws:rds:{region}:{account}:db:{target}-{run}") Arn arn,
        @Says("Its host name.") @Like("{target}-{run}.c0example.{region}.rds.amazonaws.com")
            String endpoint,
        @Says("Its port.") @Like("3306") int port,
        @Says("The time up to which it holds data.") @Like("2026-01-01T00:00:00Z")
            Instant recoveryPoint)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      String ours = at.arn("rds", "db:" + at.named(target));
      List<Permission> needed =
          new ArrayList<>(
              List.of(
                  look("rds:DescribeDBSnapshots", at.arn("rds", "snapshot:*")),
                  look("rds:DescribeDBInstances", at.arn("rds", "db:*")),
                  look("rds:DescribeDBSubnetGroups", at.arn("rds", "subgrp:" + subnetGroup)),
                  look("rds:DescribeDBParameterGroups", at.arn("rds", "pg:" + parameterGroup)),
                  change(
                      Change.RESTORE,
                      "rds:RestoreDBInstanceFromDBSnapshot",
                      ours,
                      at.arn("rds", "snapshot:*"),
                      at.arn("rds", "subgrp:" + subnetGroup),
                      at.arn("rds", "pg:" + parameterGroup),
                      at.arn("rds", "og:*")),
                  implied(Change.RESTORE, "rds:AddTagsToResource", ours),
                  implied(Change.RESTORE, "rds:ListTagsForResource", ours),
                  implied(Change.RESTORE, "kms:DescribeKey", at.arn("kms", "key/*")),
                  implied(Change.RESTORE, "kms:CreateGrant", at.arn("kms", "key/*")),
                  undo("rds:DeleteDBInstance", ours)));
      if (backupRetention != null) {
        needed.add(change(Change.BACKUPS, "rds:ModifyDBInstance", ours));
      }
      return List.copyOf(needed);
    }
  }

  @Facts(
      kind = "rds.promoteReplica",
      says =
          "Promotes a cross-Region read replica to an instance of its own. The endpoint stays; what"
              + " had not been replicated is lost; the replica reboots.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      undo = Undo.ONE_WAY,
      undoing = "One-way: a promoted replica cannot follow its source again; make a new one.",
      drill = Drill.LEFT_OUT,
      drilling = "Left out: promoting the replica would end the protection it gives.",
      budget = "60m")
  record PromoteReplica(
      @Says("The replica, in this Region.") String replica,
      @Says("In planned mode the step waits until the replica lags less than this.") @Default("30s")
          Duration maxLag,
      @Says("Days of automated backups to keep from now on.") @Default("7") @AtLeast(1) @AtMost(35)
          int backupRetention)
      implements Rds {
    public enum Change implements Action.Change {
      @Does("PromoteReadReplica, until the instance is available and has no source.")
      @Lasts(min = "3m", likely = "7m", max = "20m", source = RDS_READ_REPLICAS)
      PROMOTE
    }

    public record Outputs(
        @Says("The name of the promoted instance.") @Like("{replica}") String instance,
        @Says("Its host name, unchanged.") @Like("{replica}.c0example.{region}.rds.amazonaws.com")
            String endpoint,
        @Says("Its ARN.") @Like("arn:aws:rds:{region}:{account}:db:{replica}") Arn arn,
        @Says("Its port.") @Like("5432") int port,
        @Says("The time up to which it holds data, from the last replica lag.")
            @Like("2026-01-01T00:00:00Z")
            Instant recoveryPoint)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      return List.of(
          look("rds:DescribeDBInstances", at.arn("rds", "db:*")),
          look("cloudwatch:GetMetricData", Realm.ANYTHING),
          change(Change.PROMOTE, "rds:PromoteReadReplica", at.arn("rds", "db:" + replica)));
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
              + " snapshot. Anything without those tags is refused.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      undo = Undo.ONE_WAY,
      undoing = "One-way: restore the final snapshot.",
      drill = Drill.REFUSED,
      drilling = "Refused: drills delete only the copies they made themselves.",
      budget = "60m")
  record DeleteInstance(@Says("The instance, in this Region.") String instance) implements Rds {
    public enum Change implements Action.Change {
      @Does("DeleteDBInstance with a final snapshot, until the instance is gone.")
      @Lasts(min = "5m", likely = "10m", max = "30m", source = ESTIMATE)
      DELETE
    }

    public record Outputs(
        @Says("The ARN of the final snapshot.")
            @Like("arn:aws:rds:{region}:{account}:snapshot:{instance}-final-{run}")
            Arn finalSnapshot)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      String it = at.arn("rds", "db:" + instance);
      return List.of(
          look("rds:DescribeDBInstances", at.arn("rds", "db:*")),
          change(Change.DELETE, "rds:DeleteDBInstance", it),
          implied(Change.DELETE, "rds:CreateDBSnapshot", it, at.arn("rds", "snapshot:*-final-*")),
          implied(Change.DELETE, "rds:ListTagsForResource", it),
          implied(Change.DELETE, "rds:AddTagsToResource", at.arn("rds", "snapshot:*-final-*")));
    }
  }

  @Facts(
      kind = "rds.snapshot",
      says =
          "Takes a manual snapshot of a DB instance and waits until it can be copied or restored.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.NAME,
      undo = Undo.DELETES_OURS,
      undoing = "Deletes the snapshot if this step took it.",
      drill = Drill.ISOLATED,
      drilling = "Takes a snapshot named drill-<run>-<target> and deletes it at the end.",
      budget = "120m")
  record Snapshot(
      @Says("The instance, in this Region.") String instance,
      @Says("The base of the snapshot's name; the run is appended to it.") String target)
      implements Rds {
    public enum Change implements Action.Change {
      @Does("CreateDBSnapshot, until the snapshot is available.")
      @Lasts(min = "3m", likely = "10m", max = "30m", source = ESTIMATE)
      SNAPSHOT
    }

    public record Outputs(
        @Says("The ARN of the snapshot.")
            @Like("arn:aws:rds:{region}:{account}:snapshot:{target}-{run}")
            Arn snapshot,
        @Says("The time up to which it holds data.") @Like("2026-01-01T00:00:00Z")
            Instant recoveryPoint)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      String ours = at.arn("rds", "snapshot:" + at.named(target));
      return List.of(
          look("rds:DescribeDBSnapshots", at.arn("rds", "snapshot:*")),
          look("rds:DescribeDBInstances", at.arn("rds", "db:*")),
          change(Change.SNAPSHOT, "rds:CreateDBSnapshot", at.arn("rds", "db:" + instance), ours),
          implied(Change.SNAPSHOT, "rds:AddTagsToResource", ours),
          implied(Change.SNAPSHOT, "rds:ListTagsForResource", ours),
          undo("rds:DeleteDBSnapshot", ours));
    }
  }

  @Facts(
      kind = "rds.copySnapshot",
      says =
          "Copies a DB snapshot from another Region into this one, under this Region's key. The"
              + " source Region must be alive; the first copy is full, later ones are incremental"
              + " while the previous copy still exists.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.NAME,
      undo = Undo.DELETES_OURS,
      undoing = "Deletes the copy if this step made it.",
      drill = Drill.ISOLATED,
      drilling = "Makes a copy named drill-<run>-<target> and deletes it at the end.",
      budget = "12h")
  record CopySnapshot(
      @Says("The snapshot to copy, by the ARN it has in its own Region.") Arn source,
      @Says("The base of the copy's name; the run is appended to it.") String target,
      @Says("The key in this Region that encrypts the copy.") Arn kmsKey,
      @Says("The option group in this Region, where the engine needs one.")
          @Nullable String optionGroup)
      implements Rds {
    public enum Change implements Action.Change {
      @Does("CopyDBSnapshot called in this Region, until the copy is available.")
      @Lasts(min = "5m", likely = "20m", max = "2h", source = RDS_COPY)
      COPY
    }

    public record Outputs(
        @Says("The ARN of the copy.")
            @Like("arn:aws:rds:{region}:{account}:snapshot:{target}-{run}")
            Arn snapshot)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      String ours = at.arn("rds", "snapshot:" + at.named(target));
      return List.of(
          look("rds:DescribeDBSnapshots", at.arn("rds", "snapshot:*"), source.value()),
          change(Change.COPY, "rds:CopyDBSnapshot", source.value(), ours),
          implied(Change.COPY, "rds:AddTagsToResource", ours),
          implied(Change.COPY, "rds:ListTagsForResource", ours),
          implied(
              Change.COPY, "kms:DescribeKey", kmsKey.value(), at.arnInAnyRegion("kms", "key/*")),
          implied(
              Change.COPY, "kms:CreateGrant", kmsKey.value(), at.arnInAnyRegion("kms", "key/*")),
          undo("rds:DeleteDBSnapshot", ours));
    }
  }

  @Facts(
      kind = "rds.isolate",
      says =
          "Gives a DB instance security groups that admit only the verifier, and remembers the"
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
      @Says("The instance, in this Region.") String instance,
      @Says("Security groups that admit nobody but the verifier.") @OneOrMany @AtLeast(1)
          List<String> securityGroups)
      implements Rds {
    public enum Change implements Action.Change {
      @Does("ModifyDBInstance with the new security groups at once, until they are active.")
      @Lasts(min = "20s", likely = "1m", max = "5m", source = ESTIMATE)
      ISOLATE
    }

    public record Outputs(
        @Says("The isolated instance.") @Like("{instance}") String instance,
        @Says("The security groups it had, separated by commas.") @Like("sg-0former")
            String formerSecurityGroups)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      String it = at.arn("rds", "db:" + instance);
      return List.of(
          look("rds:DescribeDBInstances", at.arn("rds", "db:*")),
          change(Change.ISOLATE, "rds:ModifyDBInstance", it),
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
      @Does(
          "ModifyDBInstance with the new name at once, until it is available under that" + " name.")
      @Lasts(min = "2m", likely = "5m", max = "10m", source = ESTIMATE)
      RENAME
    }

    public record Outputs(
        @Says("The new name.") @Like("{to}") String instance,
        @Says("Its new host name.") @Like("{to}.c0example.{region}.rds.amazonaws.com")
            String endpoint)
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

  @Facts(
      kind = "rds.createReplica",
      says =
          "Creates a read replica in this Region of an instance in another one: protection for"
              + " after a failback, and the quick way back for large databases.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.NAME,
      undo = Undo.DELETES_OURS,
      undoing = "Deletes the replica if this step created it and it was not promoted.",
      drill = Drill.REFUSED,
      drilling = "Refused: it would load the production database.",
      budget = "12h")
  record CreateReplica(
      @Says("The instance to follow, by its ARN.") Arn source,
      @Says("The base of the replica's name; the run is appended to it.") String target,
      @Written("class") @Says("The instance class.") String instanceClass,
      @Says("The DB subnet group, in this Region.") String subnetGroup,
      @Says("The security groups, in this Region.") @OneOrMany @AtLeast(1)
          List<String> securityGroups,
      @Says("The parameter group, in this Region.") String parameterGroup,
      @Says("Whether to run a standby in a second Availability Zone.") boolean multiAz,
      @Says("The key in this Region that encrypts the replica.") @Nullable Arn kmsKey)
      implements Rds {
    public enum Change implements Action.Change {
      @Does("CreateDBInstanceReadReplica called in this Region, until it is available.")
      @Lasts(min = "20m", likely = "45m", max = "4h", source = ESTIMATE)
      CREATE
    }

    public record Outputs(
        @Says("The name of the replica.") @Like("{target}-{run}") String replica,
        @Says("Its host name.") @Like("{target}-{run}.c0example.{region}.rds.amazonaws.com")
            String endpoint)
        implements Action.Outputs {}

    @Override
    public List<Permission> permissions(Realm at) {
      String ours = at.arn("rds", "db:" + at.named(target));
      return List.of(
          look("rds:DescribeDBInstances", at.arn("rds", "db:*")),
          change(
              Change.CREATE,
              "rds:CreateDBInstanceReadReplica",
              ours,
              source.value(),
              at.arn("rds", "subgrp:" + subnetGroup),
              at.arn("rds", "pg:" + parameterGroup),
              at.arn("rds", "og:*")),
          implied(Change.CREATE, "rds:AddTagsToResource", ours),
          implied(
              Change.CREATE,
              "kms:CreateGrant",
              kmsKey == null ? at.arn("kms", "key/*") : kmsKey.value()),
          undo("rds:DeleteDBInstance", ours));
    }
  }
}
