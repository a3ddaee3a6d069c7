package io.rekindle.action.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.ActionWorld;
import io.rekindle.plan.step.compute.Ecs;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** A service that a step scales, in a world of its own. */
abstract class Scaled extends ActionWorld<Ecs.ScaleService> {
  protected final EcsWorld here =
      new EcsWorld(
          in(HERE, EcsClient::builder),
          in(HERE, EcrClient::builder),
          in(HERE, Ec2Client::builder),
          in(HERE, ElasticLoadBalancingV2Client::builder),
          in(HERE, ApplicationAutoScalingClient::builder));

  @Override
  protected ActionHandler<Ecs.ScaleService> handler() {
    return new ScaleService();
  }

  @Override
  protected String with() {
    return to(4);
  }

  static String to(int tasks) {
    return "{ cluster: 'shop', service: 'web', desired: %d }".formatted(tasks);
  }

  static String why(Observation seen) {
    assertThat(seen).isInstanceOf(Broken.class);
    return ((Broken) seen).why();
  }
}
