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

/** Amazon EC2 Auto Scaling groups. */
public sealed interface Asg extends Action {

  @Facts(
      kind = "asg.scale",
      says =
          "Sets the size of an Auto Scaling group and waits until that many instances are"
              + " InService. Its scaling policies move the desired size again within min and max."
              + " Without the load balancer's health check the group calls an instance healthy"
              + " before the application answers.",
      role = Role.COMPUTE,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      thing = "group",
      undo = Undo.PUTS_BACK,
      undoing = "Puts the former sizes back.",
      drill = Drill.IN_PLACE,
      drilling =
          "Scales the recovery Region's own group, never below what runs, and puts the former sizes"
              + " back at the end.",
      budget = "30m")
  record Scale(
      @Says("The Auto Scaling group, by its name in this Region.") String group,
      @Says("The fewest instances.") @AtLeast(0) int min,
      @Says("The most instances.") @AtLeast(0) int max,
      @Says("How many instances shall run.") @AtLeast(0) int desired)
      implements Asg {
    public enum Change implements Action.Change {
      @Does("UpdateAutoScalingGroup, until as many instances are InService as wanted.")
      @Lasts(min = "2m", likely = "4m", max = "8m", source = ESTIMATE)
      SCALE
    }

    public record Outputs(
        @Says("The Auto Scaling group.") @Like("{group}") String group,
        @Says("How many instances are InService now.") @Like("{desired}") int running,
        @Says("How many instances were wanted before.") @Like("0") int formerDesired)
        implements Action.Outputs {}

    public Scale {
      if (desired < min || desired > max) {
        throw new IllegalArgumentException(
            "desired " + desired + " does not lie between min " + min + " and max " + max);
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String it = at.arn("autoscaling", "autoScalingGroup:*:autoScalingGroupName/" + group);
      return List.of(
          look("autoscaling:DescribeAutoScalingGroups", Realm.ANYTHING),
          look("autoscaling:DescribeScalingActivities", Realm.ANYTHING),
          change(Change.SCALE, "autoscaling:UpdateAutoScalingGroup", it),
          undo("autoscaling:UpdateAutoScalingGroup", it));
    }
  }
}
