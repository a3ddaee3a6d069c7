package io.rekindle.plan.step.traffic;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Permission.undo;
import static io.rekindle.plan.step.Sources.ESTIMATE;

import io.rekindle.plan.shape.Component.AtLeast;
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
import io.rekindle.plan.step.Facts.Scope;
import io.rekindle.plan.step.Facts.Undo;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Realm;
import io.rekindle.plan.value.Arn;
import io.rekindle.plan.value.RegionName;
import io.rekindle.plan.value.WebUrl;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Amazon Application Recovery Controller. */
public sealed interface Arc extends Action {

  @Facts(
      kind = "arc.routingControl",
      says =
          "Turns routing controls on and off in one call to any endpoint of the cluster; it works"
              + " with up to two of the five Regions down. Health checks and TTLs follow within"
              + " minutes: verify DNS afterwards. A safety rule that refuses the change is obeyed"
              + " unless it is listed as overridden.",
      role = Role.TRAFFIC,
      scope = Scope.GLOBAL,
      plane = Plane.DATA,
      guard = Guard.STATE,
      thing = {"turnOn", "turnOff"},
      undo = Undo.PUTS_BACK,
      undoing = "Turns the controls back to their former states in one call.",
      drill = Drill.LEFT_OUT,
      drilling = "Left out: a drill moves no users.",
      budget = "10m")
  record RoutingControl(
      @Says(
              "The five endpoints of the cluster, written down because asking for them needs"
                  + " us-west-2.")
          @AtLeast(5)
          List<ClusterEndpoint> endpoints,
      @Says("The routing controls to turn on.") @OneOrMany @AtLeast(1) List<Arn> turnOn,
      @Says("The routing controls to turn off, in the same call.") @OneOrMany List<Arn> turnOff,
      @Says("Safety rules to override; list them only where people have agreed beforehand.")
          @OneOrMany
          List<Arn> overrideSafetyRules,
      @Says("The role to take on, where the cluster belongs to another account than the worker.")
          @Nullable Arn role)
      implements Arc, Action.Anywhere {
    public enum Change implements Action.Change {
      @Does("UpdateRoutingControlStates, until every control has its state.")
      @Lasts(min = "1s", likely = "5s", max = "2m", source = ESTIMATE)
      SWITCH
    }

    public record Outputs(
        @Says("The states before, one for each control, separated by commas.") @Like("Off,On")
            List<String> formerStates)
        implements Action.Outputs {}

    public RoutingControl {
      if (endpoints.stream().map(ClusterEndpoint::region).distinct().count() != endpoints.size()) {
        throw new IllegalArgumentException("two endpoints are in the same Region");
      }
      if (turnOn.stream().anyMatch(turnOff::contains)) {
        throw new IllegalArgumentException("a routing control is turned both on and off");
      }
      checkResources("/routingcontrol/", "a routing control", turnOn, turnOff);
      checkResources("/safetyrule/", "a safety rule", overrideSafetyRules);
    }

    @Override
    public List<Permission> permissions(Realm at) {
      String[] controls =
          Stream.concat(turnOn.stream(), turnOff.stream()).map(Arn::value).toArray(String[]::new);
      return List.of(
          look("route53-recovery-cluster:GetRoutingControlState", controls),
          change(Change.SWITCH, "route53-recovery-cluster:UpdateRoutingControlStates", controls),
          undo("route53-recovery-cluster:UpdateRoutingControlStates", controls));
    }
  }

  /** One of the Regional endpoints of a cluster. */
  record ClusterEndpoint(
      @Says("The Region of the endpoint.") RegionName region, @Says("Its URL.") WebUrl url) {}

  @SafeVarargs
  private static void checkResources(String part, String noun, List<Arn>... lists) {
    for (List<Arn> list : lists) {
      for (Arn arn : list) {
        if (!arn.resource().contains(part)) {
          throw new IllegalArgumentException(arn + " is not the ARN of " + noun);
        }
      }
    }
  }
}
