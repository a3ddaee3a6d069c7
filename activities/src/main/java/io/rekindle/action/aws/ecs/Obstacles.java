package io.rekindle.action.aws.ecs;

import io.rekindle.plan.step.compute.Ecs;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.EcsException;
import software.amazon.awssdk.services.ecs.model.SchedulingStrategy;
import software.amazon.awssdk.services.ecs.model.Service;

/** Why a service cannot be scaled as the step says. */
record Obstacles(Services services) {

  /** The first one at any time, in words. */
  Optional<String> of(Optional<Service> found) {
    if (found.isEmpty()) {
      return Optional.of(services.it() + " does not exist");
    }
    if (!Services.isActive(found.get())) {
      return Optional.of(services.it() + " is '" + found.get().status() + "': it was deleted");
    }
    if (found.get().schedulingStrategy() == SchedulingStrategy.DAEMON) {
      return Optional.of(services.it() + " is a daemon service; its count cannot be set");
    }
    boolean balanced =
        found.get().loadBalancers().stream().anyMatch(each -> each.targetGroupArn() != null);
    return with().minHealthyTargets() > 0 && !balanced
        ? Optional.of(services.it() + " has no target group: leave out minHealthyTargets")
        : Optional.empty();
  }

  private Ecs.ScaleService with() {
    return services.work().with();
  }

  /** The first one before anything was done. */
  Optional<String> ahead(Optional<Service> found) {
    return of(found).or(() -> forbidden(found.orElseThrow())).or(this::taskDefinition);
  }

  private Optional<String> forbidden(Service service) {
    return with().autoscaling() != null || services.scaling(service).permits(with().desired())
        ? Optional.empty()
        : Optional.of(
            ("Application Auto Scaling does not let %s run %d tasks: add autoscaling limits to"
                    + " the step")
                .formatted(services.it(), with().desired()));
  }

  private Optional<String> taskDefinition() {
    if (with().taskDefinition() == null) {
      return Optional.empty();
    }
    String arn = with().taskDefinition().value();
    try {
      String status =
          services
              .ecs()
              .describeTaskDefinition(request -> request.taskDefinition(arn))
              .taskDefinition()
              .statusAsString();
      return "ACTIVE".equals(status)
          ? Optional.empty()
          : Optional.of("the task definition " + arn + " is " + status);
    } catch (EcsException refused) {
      if (!"ClientException".equals(refused.awsErrorDetails().errorCode())) {
        throw refused;
      }
      return Optional.of("the task definition " + arn + " does not exist");
    }
  }
}
