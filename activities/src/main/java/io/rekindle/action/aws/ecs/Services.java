package io.rekindle.action.aws.ecs;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Ecs;
import io.rekindle.plan.step.compute.Ecs.Autoscaling;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.applicationautoscaling.ApplicationAutoScalingClient;
import software.amazon.awssdk.services.applicationautoscaling.model.ObjectNotFoundException;
import software.amazon.awssdk.services.applicationautoscaling.model.ScalableDimension;
import software.amazon.awssdk.services.applicationautoscaling.model.ServiceNamespace;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ClusterNotFoundException;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/** The service of a step, as ECS, Application Auto Scaling and its load balancers show it. */
record Services(Work<Ecs.ScaleService> work) {
  static final Duration LOOK = Duration.ofSeconds(10);

  EcsClient ecs() {
    return work.client(EcsClient.class, EcsClient::builder);
  }

  private ApplicationAutoScalingClient autoscaling() {
    return work.client(ApplicationAutoScalingClient.class, ApplicationAutoScalingClient::builder);
  }

  Optional<Service> find() {
    try {
      return ecs()
          .describeServices(
              request -> request.cluster(work.with().cluster()).services(work.with().service()))
          .services()
          .stream()
          .findFirst();
    } catch (ClusterNotFoundException none) {
      return Optional.empty();
    }
  }

  static boolean isActive(Service service) {
    return "ACTIVE".equals(service.status());
  }

  Scaling scaling(Service service) {
    return Scaling.of(service, limits());
  }

  private @Nullable Autoscaling limits() {
    return autoscaling()
        .describeScalableTargets(request ->
            request
                .serviceNamespace(ServiceNamespace.ECS)
                .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                .resourceIds(resource()))
        .scalableTargets()
        .stream()
        .map(target -> new Autoscaling(target.minCapacity(), target.maxCapacity()))
        .findFirst()
        .orElse(null);
  }

  private String resource() {
    return "service/" + work.with().cluster() + "/" + work.with().service();
  }

  /** Sets the limits, or takes the service away from Application Auto Scaling. */
  void limit(@Nullable Autoscaling limits) {
    if (limits == null) {
      free();
    } else {
      autoscaling()
          .registerScalableTarget(request ->
              request
                  .serviceNamespace(ServiceNamespace.ECS)
                  .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                  .resourceId(resource())
                  .minCapacity(limits.min())
                  .maxCapacity(limits.max()));
    }
  }

  private void free() {
    try {
      autoscaling()
          .deregisterScalableTarget(request ->
              request
                  .serviceNamespace(ServiceNamespace.ECS)
                  .scalableDimension(ScalableDimension.ECS_SERVICE_DESIRED_COUNT)
                  .resourceId(resource()));
    } catch (ObjectNotFoundException goneAlready) {
      return;
    }
  }

  /** Naming the present task definition again would be no change; leaving it out is none surely. */
  void scale(Scaling present, Scaling wanted) {
    boolean same = present.taskDefinition().equals(wanted.taskDefinition());
    ecs()
        .updateService(request ->
            request
                .cluster(work.with().cluster())
                .service(work.with().service())
                .desiredCount(wanted.desired())
                .taskDefinition(same ? null : wanted.taskDefinition()));
  }

  /** How many targets are healthy in that target group of the service that has fewest. */
  int healthyTargets(Service service) {
    ElasticLoadBalancingV2Client balancers =
        work.client(ElasticLoadBalancingV2Client.class, ElasticLoadBalancingV2Client::builder);
    return service.loadBalancers().stream()
        .map(LoadBalancer::targetGroupArn)
        .filter(Objects::nonNull)
        .mapToInt(group ->
            (int)
                balancers
                    .describeTargetHealth(request -> request.targetGroupArn(group))
                    .targetHealthDescriptions()
                    .stream()
                    .filter(
                        target -> target.targetHealth().state() == TargetHealthStateEnum.HEALTHY)
                    .count())
        .min()
        .orElse(0);
  }

  /** What it is, for a sentence. */
  String it() {
    return "the ECS service %s in cluster %s (%s)"
        .formatted(work.with().service(), work.with().cluster(), work.call().region());
  }
}
