package io.rekindle.plan.step.compute;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.implied;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Permission.undo;
import static io.rekindle.plan.step.Sources.ESTIMATE;

import io.rekindle.plan.shape.Component.AtLeast;
import io.rekindle.plan.shape.Component.Default;
import io.rekindle.plan.shape.Component.OneOrMany;
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
import io.rekindle.plan.value.Arn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Amazon ECS services. */
public sealed interface Ecs extends Action, Action.Listed {

  @Override
  default List<Permission> inventory(Realm at) {
    return List.of(
        look("ecs:ListClusters", Realm.ANYTHING),
        look("ecs:ListServices", Realm.ANYTHING),
        look("ecs:DescribeServices", at.arn("ecs", "service/*/*")));
  }

  @Facts(
      kind = "ecs.scaleService",
      says =
          "Sets how many tasks of an ECS service run, and waits until they run and are healthy."
              + " Where the service scales itself, give its limits too: scaling policies would"
              + " otherwise undo the count. Scale up only after the database is restored, or the"
              + " tasks write to the wrong one.",
      role = Role.COMPUTE,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      thing = {"cluster", "service"},
      undo = Undo.PUTS_BACK,
      undoing =
          "Puts the former count, task definition and limits back, or takes limits away that were"
              + " not there.",
      drill = Drill.IN_PLACE,
      drilling =
          "Scales the recovery Region's own service, never below what runs, and puts the former"
              + " count back at the end.",
      budget = "30m")
  record ScaleService(
      @Says("The cluster, by its name in this Region.") String cluster,
      @Says("The service, by its name.") String service,
      @Says("How many tasks shall run.") @AtLeast(0) int desired,
      @Says("How many targets of its load balancers must be healthy before the step is done.")
          @Default("0")
          @AtLeast(0)
          int minHealthyTargets,
      @Says(
              "The task definition revision to run, by its ARN in this Region; without it the"
                  + " present one stays.")
          @Nullable Arn taskDefinition,
      @Says(
              "The task role and the execution role that the task definition names; needed to be"
                  + " allowed to use it.")
          @OneOrMany
          List<Arn> taskRoles,
      @Says("The new limits, where Application Auto Scaling governs the service.")
          @Nullable Autoscaling autoscaling)
      implements Ecs {
    public enum Change implements Action.Change {
      @Does(
          value = "RegisterScalableTarget with the limits, which holds at once.",
          onlyIf = "autoscaling")
      @Lasts(min = "1s", likely = "2s", max = "10s", source = ESTIMATE)
      LIMITS,

      @Does(
          "UpdateService, until as many tasks run as wanted, the deployment is COMPLETED and"
              + " enough targets are healthy.")
      @Lasts(min = "1m", likely = "3m", max = "10m", source = ESTIMATE)
      SCALE
    }

    public record Outputs(
        @Says("The cluster.") @Like("{cluster}") String cluster,
        @Says("The service.") @Like("{service}") String service,
        @Says("How many tasks run now.") @Like("{desired}") int running,
        @Says("How many tasks were wanted before.") @Like("0") int formerDesired,
        @Says("The ARN of the task definition revision that runs.")
            @Like("arn:{partition}:ecs:{region}:{account}:task-definition/{service}:1")
            Arn taskDefinition)
        implements Action.Outputs {}

    public ScaleService {
      if (taskDefinition != null && !taskDefinition.resource().matches("task-definition/.+:\\d+")) {
        throw new IllegalArgumentException(
            "the task definition is given by the ARN of one revision, ending with its number");
      }
      if (taskDefinition != null && taskRoles.isEmpty()) {
        throw new IllegalArgumentException("a task definition needs taskRoles, the roles it names");
      }
      if (autoscaling != null && (desired < autoscaling.min() || desired > autoscaling.max())) {
        throw new IllegalArgumentException(
            "desired " + desired + " lies outside the limits of autoscaling, which would undo it");
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String it = at.arn("ecs", "service/" + cluster + "/" + service);
      List<Permission> needed = new ArrayList<>();
      needed.add(look("ecs:DescribeServices", it));
      needed.add(look("ecs:ListTasks", Realm.ANYTHING));
      needed.add(look("ecs:DescribeTasks", at.arn("ecs", "task/" + cluster + "/*")));
      needed.add(look("ecs:DescribeTaskDefinition", Realm.ANYTHING));
      if (desired > 0) {
        needed.add(look("ecr:DescribeImages", at.arnInAnyAccount("ecr", "repository/*")));
      }
      needed.add(look("application-autoscaling:DescribeScalableTargets", Realm.ANYTHING));
      needed.add(look("elasticloadbalancing:DescribeTargetHealth", Realm.ANYTHING));
      needed.add(change(Change.SCALE, "ecs:UpdateService", it));
      needed.add(undo("ecs:UpdateService", it));
      if (!taskRoles.isEmpty()) {
        needed.add(
            implied(
                Change.SCALE,
                "iam:PassRole",
                taskRoles.stream().map(Arn::value).toArray(String[]::new)));
      }
      if (autoscaling != null) {
        String targets = at.arn("application-autoscaling", "scalable-target/*");
        needed.add(
            change(Change.LIMITS, "application-autoscaling:RegisterScalableTarget", targets));
        needed.add(
            implied(
                Change.LIMITS,
                "iam:CreateServiceLinkedRole",
                at.global(
                    "iam",
                    "role/aws-service-role/ecs.application-autoscaling.amazonaws.com/"
                        + "AWSServiceRoleForApplicationAutoScaling_ECSService")));
        needed.add(undo("application-autoscaling:RegisterScalableTarget", targets));
        needed.add(undo("application-autoscaling:DeregisterScalableTarget", targets));
      }
      return List.copyOf(needed);
    }
  }

  /** The limits within which Application Auto Scaling moves the count. */
  record Autoscaling(
      @Says("The fewest tasks it may leave running.") @AtLeast(0) int min,
      @Says("The most tasks it may start.") @AtLeast(0) int max) {
    public Autoscaling {
      if (min > max) {
        throw new IllegalArgumentException("min " + min + " is more than max " + max);
      }
    }
  }
}
