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
    return of(found)
        .or(() -> {
          Scaling present = services.scaling(found.orElseThrow());
          return limits(present, Scaling.wanted(services.work(), present));
        })
        .or(this::taskDefinition);
  }

  /**
   * Limits that the step leaves alone, and that do not hold what it wants: the next scaling
   * activity would restore the count, and a fence would be none.
   */
  Optional<String> limits(Scaling present, Scaling wanted) {
    return wanted.limits() != null || present.permits(wanted.desired())
        ? Optional.empty()
        : Optional.of(
            ("Application Auto Scaling lets %s run %s tasks and would take a count of %d back:"
                    + " give the step limits that allow it (retry --set autoscaling='{\"min\": %d,"
                    + " \"max\": %d}')")
                .formatted(
                    services.it(),
                    present.limitsInWords(),
                    wanted.desired(),
                    Math.min(wanted.desired(), present.least()),
                    Math.max(wanted.desired(), present.most())));
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
