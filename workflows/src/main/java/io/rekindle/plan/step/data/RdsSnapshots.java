package io.rekindle.plan.step.data;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.implied;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Permission.undo;
import static io.rekindle.plan.step.Sources.ESTIMATE;
import static io.rekindle.plan.step.Sources.RDS_COPY;

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
import io.rekindle.plan.step.data.Databases.Recovered;
import io.rekindle.plan.step.data.Databases.SnapshotCopy;
import io.rekindle.plan.value.Arn;
import io.rekindle.plan.value.NewName;
import io.rekindle.plan.value.SnapshotName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Snapshots of DB instances. */
public sealed interface RdsSnapshots extends Rds {

  @Facts(
      kind = "rds.snapshot",
      says =
          "Takes a manual snapshot of a DB instance and waits until it can be copied or restored.",
      role = Role.DATA,
      plane = Plane.CONTROL,
      guard = Guard.NAME,
      thing = "target",
      undo = Undo.DELETES_OURS,
      undoing = "Deletes the snapshot if this step took it.",
      drill = Drill.ISOLATED,
      drilling = "Takes a snapshot named drill-<run>-<target> and deletes it at the end.",
      budget = "120m")
  record Snapshot(
      @Says("The instance, in this Region.") String instance,
      @Says("The base of the snapshot's name; the run is appended to it.") SnapshotName target)
      implements RdsSnapshots {
    public enum Change implements Action.Change {
      @Does("CreateDBSnapshot, until the snapshot is available.")
      @Lasts(min = "3m", likely = "10m", max = "30m", source = ESTIMATE)
      SNAPSHOT
    }

    public record Outputs(
        @Says("The ARN of the snapshot.")
            @Like("arn:{partition}:rds:{region}:{account}:snapshot:{target}-{run}")
            Arn snapshot,
        Recovered recovered)
        implements Action.Outputs {}

    @Override
    public Optional<NewName> makes() {
      return Optional.of(target);
    }

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
      thing = "target",
      undo = Undo.DELETES_OURS,
      undoing = "Deletes the copy if this step made it.",
      drill = Drill.ISOLATED,
      drilling = "Makes a copy named drill-<run>-<target> and deletes it at the end.",
      budget = "12h")
  record CopySnapshot(
      @Written(inline = true) SnapshotCopy copy,
      @Says("The option group in this Region, where the engine needs one.")
          @Nullable String optionGroup)
      implements RdsSnapshots {
    public enum Change implements Action.Change {
      @Does("CopyDBSnapshot called in this Region, until the copy is available.")
      @Lasts(min = "5m", likely = "20m", max = "2h", source = RDS_COPY)
      COPY
    }

    public record Outputs(
        @Says("The ARN of the copy.")
            @Like("arn:{partition}:rds:{region}:{account}:snapshot:{target}-{run}")
            Arn snapshot)
        implements Action.Outputs {}

    @Override
    public Optional<NewName> makes() {
      return Optional.of(copy.target());
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String ours = at.arn("rds", "snapshot:" + at.named(copy.target()));
      return Stream.concat(
              Stream.of(
                  look(
                      "rds:DescribeDBSnapshots",
                      at.arn("rds", "snapshot:*"),
                      copy.source().value()),
                  change(Change.COPY, "rds:CopyDBSnapshot", copy.source().value(), ours),
                  implied(Change.COPY, "rds:AddTagsToResource", ours),
                  implied(Change.COPY, "rds:ListTagsForResource", ours),
                  undo("rds:DeleteDBSnapshot", ours)),
              copy.keys(Change.COPY, at))
          .toList();
    }
  }
}
