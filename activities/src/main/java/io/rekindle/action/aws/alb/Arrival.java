package io.rekindle.action.aws.alb;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Settled;
import io.rekindle.plan.step.traffic.Alb;
import io.rekindle.plan.value.Arn;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerStateEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealth;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthReasonEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** Whether what comes in by a listener is served. */
record Arrival(Entrance entrance, Arn targetGroup) {

  /**
   * An impaired load balancer routes what it can.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerState.html">
   *     LoadBalancerState</a>
   */
  Observation of(Listener listener) {
    LoadBalancer balancer =
        entrance
            .balancers()
            .describeLoadBalancers(request -> request.loadBalancerArns(listener.loadBalancerArn()))
            .loadBalancers()
            .getFirst();
    LoadBalancerStateEnum state = balancer.state().code();
    if (state == LoadBalancerStateEnum.FAILED) {
      return new Broken(
          "the load balancer of %s is 'failed': %s. It serves nobody: make another one"
              .formatted(entrance.it(), balancer.state().reason()));
    }
    if (state != LoadBalancerStateEnum.ACTIVE && state != LoadBalancerStateEnum.ACTIVE_IMPAIRED) {
      throw entrance
          .work()
          .underWay(
              "the load balancer of %s is '%s'"
                  .formatted(entrance.it(), balancer.state().codeAsString()),
              Entrance.LOOK);
    }
    awaitTarget();
    return Settled.of(
        new Alb.EnableIngress.Outputs(balancer.dnsName(), balancer.canonicalHostedZoneId()));
  }

  private void awaitTarget() {
    List<TargetHealth> targets =
        entrance
            .balancers()
            .describeTargetHealth(request -> request.targetGroupArn(targetGroup.value()))
            .targetHealthDescriptions()
            .stream()
            .map(each -> each.targetHealth())
            .toList();
    if (targets.stream().noneMatch(Arrival::serves)) {
      throw entrance
          .work()
          .underWay(
              "no target of %s is healthy: %s".formatted(targetGroup, inWords(targets)),
              Entrance.LOOK);
    }
  }

  /** A group may have health checks switched off: its targets are then taken to be well. */
  private static boolean serves(TargetHealth target) {
    return target.state() == TargetHealthStateEnum.HEALTHY
        || target.reason() == TargetHealthReasonEnum.TARGET_HEALTH_CHECK_DISABLED;
  }

  private static String inWords(List<TargetHealth> targets) {
    return targets.isEmpty()
        ? "it has none"
        : targets.stream()
            .collect(Collectors.groupingBy(Arrival::inWords, TreeMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .map(each -> each.getValue() + " " + each.getKey())
            .collect(Collectors.joining(", "));
  }

  private static String inWords(TargetHealth target) {
    return target.stateAsString()
        + (target.reason() == null ? "" : " (" + target.reasonAsString() + ")");
  }
}
