package io.rekindle.plan.step.compute;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Permission.undo;
import static io.rekindle.plan.step.Sources.ESTIMATE;

import io.rekindle.plan.shape.Component.AtLeast;
import io.rekindle.plan.shape.Component.Says;
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
import java.util.List;

/** Amazon EKS node groups. */
public sealed interface Eks extends Action, Action.Listed {

  @Override
  default List<Permission> inventory(Realm at) {
    return List.of(
        look("eks:ListClusters", Realm.ANYTHING),
        look("eks:ListNodegroups", at.arn("eks", "cluster/*")),
        look("eks:DescribeNodegroup", at.arn("eks", "nodegroup/*/*/*")));
  }

  @Facts(
      kind = "eks.scaleNodegroup",
      says =
          "Sets the size of a managed node group and waits for its instances. Where a cluster"
              + " autoscaler governs the group, it moves the desired size again within min and max,"
              + " so min is what counts. Nodes alone serve nothing: scale the workloads"
              + " afterwards.",
      role = Role.COMPUTE,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      thing = {"cluster", "nodegroup"},
      undo = Undo.PUTS_BACK,
      undoing = "Puts the former sizes back.",
      drill = Drill.IN_PLACE,
      drilling =
          "Scales the recovery Region's own node group, never below what runs, and puts the former"
              + " sizes back at the end.",
      budget = "40m")
  record ScaleNodegroup(
      @Says("The cluster, by its name in this Region.") String cluster,
      @Says("The managed node group, by its name.") String nodegroup,
      @Says("The fewest instances.") @AtLeast(0) int min,
      @Says("The most instances; AWS accepts no group with a maximum of 0.") @AtLeast(1) int max,
      @Says("How many instances shall run.") @AtLeast(0) int desired)
      implements Eks {
    public enum Change implements Action.Change {
      @Does(
          "UpdateNodegroupConfig, until the update is Successful, the group ACTIVE and as"
              + " many instances in service as wanted.")
      @Lasts(min = "3m", likely = "5m", max = "10m", source = ESTIMATE)
      SCALE
    }

    public record Outputs(
        @Says("The cluster.") @Like("{cluster}") String cluster,
        @Says("The node group.") @Like("{nodegroup}") String nodegroup,
        @Says("How many instances are in service now.") @Like("{desired}") int running,
        @Says("How many instances were wanted before.") @Like("0") int formerDesired)
        implements Action.Outputs {}

    public ScaleNodegroup {
      if (desired < min || desired > max) {
        throw new IllegalArgumentException(
            "desired " + desired + " does not lie between min " + min + " and max " + max);
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String it = at.arn("eks", "nodegroup/" + cluster + "/" + nodegroup + "/*");
      return List.of(
          look("eks:DescribeNodegroup", it),
          look("eks:DescribeUpdate", at.arn("eks", "cluster/" + cluster), it),
          look("autoscaling:DescribeAutoScalingGroups", Realm.ANYTHING),
          change(Change.SCALE, "eks:UpdateNodegroupConfig", it),
          undo("eks:UpdateNodegroupConfig", it));
    }
  }
}
