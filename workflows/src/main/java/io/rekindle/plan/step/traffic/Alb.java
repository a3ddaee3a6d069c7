package io.rekindle.plan.step.traffic;

import static io.rekindle.plan.step.Permission.change;
import static io.rekindle.plan.step.Permission.look;
import static io.rekindle.plan.step.Permission.undo;
import static io.rekindle.plan.step.Sources.ESTIMATE;

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

/** Application Load Balancers: whether their door is open. */
public sealed interface Alb extends Action {

  @Facts(
      kind = "alb.enableIngress",
      says =
          "Makes a listener that was prepared with a fixed answer forward to a target group."
              + " An action in front that asks users who they are stays. Targets are only checked"
              + " once a listener forwards to them; and where failover records already point here,"
              + " users arrive at once.",
      role = Role.COMPUTE,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      thing = "listener",
      undo = Undo.PUTS_BACK,
      undoing = "Puts the listener's former actions and certificate back.",
      drill = Drill.LEFT_OUT,
      drilling = "Left out: it would let the public into a drill.",
      budget = "15m")
  record EnableIngress(
      @Says("The listener, in this Region.") Arn listener,
      @Says("The target group to forward to, in this Region.") Arn targetGroup,
      @Says(
              "The ACM certificate to serve, which must be ISSUED in this Region; the listener's"
                  + " own when absent.")
          @Nullable Arn certificate)
      implements Alb {
    public enum Change implements Action.Change {
      @Does("ModifyListener, until the load balancer is active and a target is healthy.")
      @Lasts(min = "10s", likely = "45s", max = "5m", source = ESTIMATE)
      FORWARD
    }

    public record Outputs(
        @Says("The host name of the load balancer, for the alias of a DNS record.")
            @Like("recovery-0example.{region}.elb.{suffix}")
            String target,
        @Says("The hosted zone of that host name, for the alias of a DNS record.")
            @Like("Z0EXAMPLEALB")
            String zone)
        implements Action.Outputs {}

    public EnableIngress {
      checkListener(listener);
      if (!targetGroup.resource().startsWith("targetgroup/")) {
        throw new IllegalArgumentException("targetGroup is not the ARN of a target group");
      }
      if (certificate != null && !certificate.service().equals("acm")) {
        throw new IllegalArgumentException("certificate is not the ARN of an ACM certificate");
      }
    }

    @Override
    public List<Permission> permissions(Realm at) {
      List<Permission> all =
          new ArrayList<>(
              List.of(
                  look("elasticloadbalancing:DescribeListeners", Realm.ANYTHING),
                  look("elasticloadbalancing:DescribeLoadBalancers", Realm.ANYTHING),
                  look("elasticloadbalancing:DescribeTargetGroups", Realm.ANYTHING),
                  look("elasticloadbalancing:DescribeTargetHealth", Realm.ANYTHING),
                  change(Change.FORWARD, "elasticloadbalancing:ModifyListener", listener.value()),
                  undo("elasticloadbalancing:ModifyListener", listener.value())));
      if (certificate != null) {
        all.add(look("acm:DescribeCertificate", certificate.value()));
      }
      return List.copyOf(all);
    }
  }

  @Facts(
      kind = "alb.blockIngress",
      says =
          "Makes a listener answer every request with 503, and remembers what it did before: a"
              + " fence, or the end of a failback. An action in front that asks users who they are"
              + " stays. A listener with further rules that forward is refused, because they would"
              + " stay open; open WebSockets live on.",
      role = Role.COMPUTE,
      plane = Plane.CONTROL,
      guard = Guard.STATE,
      thing = "listener",
      undo = Undo.PUTS_BACK,
      undoing = "Puts the listener's former actions back.",
      drill = Drill.LEFT_OUT,
      drilling = "Left out: it would turn users away.",
      budget = "10m")
  record BlockIngress(@Says("The listener, in this Region.") Arn listener) implements Alb {
    public enum Change implements Action.Change {
      @Does("ModifyListener, until the listener gives the fixed answer.")
      @Lasts(min = "1s", likely = "10s", max = "1m", source = ESTIMATE)
      BLOCK
    }

    public record Outputs(@Says("The blocked listener.") @Like("{listener}") Arn listener)
        implements Action.Outputs {}

    public BlockIngress {
      checkListener(listener);
    }

    @Override
    public List<Permission> permissions(Realm at) {
      return List.of(
          look("elasticloadbalancing:DescribeListeners", Realm.ANYTHING),
          look("elasticloadbalancing:DescribeRules", Realm.ANYTHING),
          change(Change.BLOCK, "elasticloadbalancing:ModifyListener", listener.value()),
          undo("elasticloadbalancing:ModifyListener", listener.value()));
    }
  }

  private static void checkListener(Arn listener) {
    if (!listener.resource().startsWith("listener/app/")) {
      throw new IllegalArgumentException(
          "listener is not the ARN of a listener of an Application Load Balancer");
    }
  }
}
