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

/** Snapshots of Aurora clusters. */
public sealed interface AuroraSnapshots extends Aurora {

  @Facts(
      kind = "aurora.snapshot",
      says =
          "Takes a manual snapshot of an Aurora cluster and waits until it can be copied or"
              + " restored.",
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
      @Says("The cluster, in this Region.") String cluster,
      @Says("The base of the snapshot's name; the run is appended to it.") SnapshotName target)
      implements AuroraSnapshots {
    public enum Change implements Action.Change {
      @Does("CreateDBClusterSnapshot, until the snapshot is available.")
      @Lasts(min = "3m", likely = "10m", max = "30m", source = ESTIMATE)
      SNAPSHOT
    }

    public record Outputs(
        @Says("The ARN of the snapshot.")
            @Like("arn:{partition}:rds:{region}:{account}:cluster-snapshot:{target}-{run}")
            Arn snapshot,
        Recovered recovered)
        implements Action.Outputs {}

    @Override
    public Optional<NewName> makes() {
      return Optional.of(target);
    }

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
      thing = "target",
      undo = Undo.DELETES_OURS,
      undoing = "Deletes the copy if this step made it.",
      drill = Drill.ISOLATED,
      drilling = "Makes a copy named drill-<run>-<target> and deletes it at the end.",
      budget = "12h")
  record CopySnapshot(@Written(inline = true) SnapshotCopy copy) implements AuroraSnapshots {
    public enum Change implements Action.Change {
      @Does("CopyDBClusterSnapshot called in this Region, until the copy is available.")
      @Lasts(min = "5m", likely = "20m", max = "2h", source = RDS_COPY)
      COPY
    }

    public record Outputs(
        @Says("The ARN of the copy.")
            @Like("arn:{partition}:rds:{region}:{account}:cluster-snapshot:{target}-{run}")
            Arn snapshot)
        implements Action.Outputs {}

    public CopySnapshot {
      if (!copy.source().resource().startsWith("cluster-snapshot:")) {
        throw new IllegalArgumentException("source is not the ARN of a cluster snapshot");
      }
    }

    @Override
    public Optional<NewName> makes() {
      return Optional.of(copy.target());
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String ours = at.arn("rds", "cluster-snapshot:" + at.named(copy.target()));
      return Stream.concat(
              Stream.of(
                  look(
                      "rds:DescribeDBClusterSnapshots",
                      at.arn("rds", "cluster-snapshot:*"),
                      copy.source().value()),
                  change(Change.COPY, "rds:CopyDBClusterSnapshot", copy.source().value(), ours),
                  implied(Change.COPY, "rds:AddTagsToResource", ours),
                  implied(Change.COPY, "rds:ListTagsForResource", ours),
                  undo("rds:DeleteDBClusterSnapshot", ours)),
              copy.keys(Change.COPY, at))
          .toList();
    }
  }
}
