package io.rekindle.action.aws.alb;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.traffic.Alb;
import io.rekindle.plan.value.Arn;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

/** Why a listener cannot forward as its step says. */
record Obstacles(Work<Alb.EnableIngress> work, Entrance entrance) {

  /** The first one, in words. */
  Optional<String> of(Optional<Listener> found) {
    return elsewhere()
        .or(() -> entrance.lack(found))
        .or(() -> targetGroup(found.orElseThrow()))
        .or(() -> certificate(found.orElseThrow()));
  }

  private Optional<String> elsewhere() {
    Alb.EnableIngress with = work.with();
    return Stream.of(with.targetGroup(), with.certificate())
        .filter(arn -> arn != null && !arn.region().equals(with.listener().region()))
        .map(arn ->
            "%s belongs to another Region than %s; a listener needs one of its own"
                .formatted(arn, entrance.it()))
        .findFirst();
  }

  /**
   * @see <a
   *     href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html">
   *     A target group serves one load balancer</a>
   */
  private Optional<String> targetGroup(Listener listener) {
    String group = work.with().targetGroup().value();
    try {
      return others(group, listener).stream()
          .findFirst()
          .map(other ->
              "the target group %s is in use by the load balancer %s and serves no other: give the step a group of its own"
                  .formatted(group, other));
    } catch (TargetGroupNotFoundException none) {
      return Optional.of("the target group " + group + " does not exist");
    }
  }

  private List<String> others(String group, Listener listener) {
    return entrance
        .balancers()
        .describeTargetGroups(request -> request.targetGroupArns(group))
        .targetGroups()
        .stream()
        .flatMap(each -> each.loadBalancerArns().stream())
        .filter(balancer -> !balancer.equals(listener.loadBalancerArn()))
        .toList();
  }

  private Optional<String> certificate(Listener listener) {
    @Nullable Arn certificate = work.with().certificate();
    if (certificate == null) {
      return Optional.empty();
    }
    return listener.protocol() == ProtocolEnum.HTTPS
        ? new IssuedCertificate(work, certificate).lack()
        : Optional.of(
            "%s speaks %s and serves no certificate: leave it out, or name the HTTPS listener"
                .formatted(entrance.it(), listener.protocolAsString()));
  }
}
