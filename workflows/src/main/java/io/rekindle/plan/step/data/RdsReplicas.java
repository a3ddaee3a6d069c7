package io.rekindle.plan.step.data;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.implied;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Permission.undo;
import static io.rekindle.plan.step.Sources.ESTIMATE;
import static io.rekindle.plan.step.Sources.RDS_READ_REPLICAS;

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
import io.rekindle.plan.step.data.Databases.InstanceAddress;
import io.rekindle.plan.step.data.Databases.Network;
import io.rekindle.plan.step.data.Databases.Recovered;
import io.rekindle.plan.value.Arn;
import io.rekindle.plan.value.DatabaseName;
import io.rekindle.plan.value.NewName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Read replicas of DB instances in another Region. */
public sealed interface RdsReplicas extends Rds {

  @Facts(
      kind = "rds.promoteReplica",
      says =
          "Promotes a cross-Region read replica to an instance of its own. The endpoint stays; what"
              + " had not been replicated is lost; the replica reboots. It is promoted once it"
              + " shows no source any more: its status alone proves nothing.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      thing = "replica",
      undo = Undo.ONE_WAY,
      undoing = "One-way: a promoted replica cannot follow its source again; make a new one.",
      drill = Drill.LEFT_OUT,
      drilling = "Left out: promoting the replica would end the protection it gives.",
      budget = "60m")
  record PromoteReplica(
      @Says("The replica, in this Region.") String replica,
      @Says(
              "In planned mode and on the way home the step waits until the replica lags less than"
                  + " this; without it, and in an outage, it promotes what has arrived. Where"
                  + " nobody writes, PostgreSQL reports up to five minutes.")
          @Nullable Duration maxLag,
      @Says("Days of automated backups to keep from now on.") @Default("7") @AtLeast(1) @AtMost(35)
          int backupRetention)
      implements RdsReplicas {
    public enum Change implements Action.Change {
      @Does("PromoteReadReplica, until the instance is available and has no source.")
      @Lasts(min = "3m", likely = "7m", max = "20m", source = RDS_READ_REPLICAS)
      PROMOTE
    }

    public record Outputs(
        @Says("The name of the promoted instance.") @Like("{replica}") String instance,
        @Says("Its host name, unchanged.") @Like("{replica}") InstanceAddress address,
        @Says(
                "The time up to which it holds data at least, by the last replica lag before the"
                    + " promotion.")
            Recovered recovered)
        implements Action.Outputs {}

    public PromoteReplica {
      if (maxLag != null && !maxLag.isPositive()) {
        throw new IllegalArgumentException("maxLag is not positive");
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      return List.of(
          look("rds:DescribeDBInstances", at.arn("rds", "db:*")),
          look("cloudwatch:GetMetricData", Realm.ANYTHING),
          change(Change.PROMOTE, "rds:PromoteReadReplica", at.arn("rds", "db:" + replica)));
    }
  }

  @Facts(
      kind = "rds.createReplica",
      says =
          "Creates a read replica in this Region of an instance in another one: protection for"
              + " after a failback, and the quick way back for large databases. The source needs"
              + " automated backups. It has the source's users and passwords, and keeps no backups"
              + " of its own until it is promoted.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.NAME,
      thing = "target",
      undo = Undo.DELETES_OURS,
      undoing = "Deletes the replica if this step created it and it was not promoted.",
      drill = Drill.REFUSED,
      drilling = "Refused: it would load the production database.",
      budget = "12h")
  record CreateReplica(
      @Says("The instance to follow, by its ARN.") Arn source,
      @Says("The base of the replica's name; the run is appended to it.") DatabaseName target,
      @Written("class") @Says("The instance class.") String instanceClass,
      @Written(inline = true) Network network,
      @Says("The parameter group, in this Region.") String parameterGroup,
      @Says("Whether to run a standby in a second Availability Zone.") boolean multiAz,
      @Says("The key in this Region that encrypts the replica; needed if the source is encrypted.")
          @Nullable Arn kmsKey)
      implements RdsReplicas {
    public enum Change implements Action.Change {
      @Does("CreateDBInstanceReadReplica called in this Region, until it is available.")
      @Lasts(min = "20m", likely = "45m", max = "4h", source = ESTIMATE)
      CREATE,

      @Does(
          "ModifyDBInstance with the parameter group, which AWS takes at the creation for some"
              + " engines only.")
      @Lasts(min = "30s", likely = "2m", max = "10m", source = ESTIMATE)
      PARAMETERS,

      @Does("RebootDBInstance, because a new parameter group is obeyed after a restart only.")
      @Lasts(min = "30s", likely = "1m", max = "10m", source = ESTIMATE)
      REBOOT
    }

    public record Outputs(
        @Says("The name of the replica.") @Like("{target}-{run}") String replica,
        @Says("Its host name.") @Like("{target}-{run}") InstanceAddress address)
        implements Action.Outputs {}

    @Override
    public Optional<NewName> makes() {
      return Optional.of(target);
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String ours = at.arn("rds", "db:" + at.named(target));
      String group = at.arn("rds", "pg:" + parameterGroup);
      return List.of(
          look("rds:DescribeDBInstances", at.arn("rds", "db:*"), source.value()),
          look("rds:DescribeDBSubnetGroups", network.subnets(at)),
          look("rds:DescribeDBParameterGroups", group),
          look("rds:DescribeEvents", Realm.ANYTHING),
          change(
              Change.CREATE,
              "rds:CreateDBInstanceReadReplica",
              ours,
              source.value(),
              network.subnets(at),
              at.arn("rds", "pg:*"),
              at.arn("rds", "og:*")),
          change(Change.PARAMETERS, "rds:ModifyDBInstance", ours, group),
          change(Change.REBOOT, "rds:RebootDBInstance", ours),
          implied(Change.CREATE, "rds:AddTagsToResource", ours),
          implied(Change.CREATE, "rds:ListTagsForResource", ours),
          implied(
              Change.CREATE,
              "kms:DescribeKey",
              kmsKey == null ? at.arn("kms", "key/*") : kmsKey.value()),
          implied(
              Change.CREATE,
              "kms:CreateGrant",
              kmsKey == null ? at.arn("kms", "key/*") : kmsKey.value()),
          undo("rds:DeleteDBInstance", ours));
    }
  }
}
