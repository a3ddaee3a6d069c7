package io.rekindle.action.aws.ecs;

import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;

/** How far a service is in running as many tasks as it was told to. */
record Rollout(Services services, Service service) {
  /** So many tasks in a row fail only when there is a reason that stays. */
  private static final int FAILURES = 3;

  /** Why waiting does not help, if it does not. */
  Optional<String> failure(Scaling former) {
    return hasFailed(former)
        ? Optional.of(
            ("the tasks of %s keep stopping; %d of %d run: %s. Fix that, let ECS retry (aws"
                    + " ecs update-service --force-new-deployment), then retry")
                .formatted(
                    services.it(),
                    service.runningCount(),
                    service.desiredCount(),
                    StoppedTasks.of(services.work()).reasons(service)))
        : Optional.empty();
  }

  private boolean hasFailed(Scaling former) {
    boolean gaveUp =
        service.deployments().stream()
            .filter(each -> "PRIMARY".equals(each.status()))
            .anyMatch(each -> each.rolloutState() == DeploymentRolloutState.FAILED);
    int failed = Scaling.failedTasks(service);
    int ours = failed >= former.failedTasks() ? failed - former.failedTasks() : failed;
    return (gaveUp && service.desiredCount() > 0)
        || (ours >= FAILURES && service.runningCount() < service.desiredCount());
  }

  void awaitCount() {
    boolean deployed = isDeployed();
    if (!isCounted() || !deployed) {
      throw services
          .work()
          .underWay(
              "%s runs %d of %d tasks%s"
                  .formatted(
                      services.it(),
                      service.runningCount(),
                      service.desiredCount(),
                      deployed ? "" : "; its deployment is in progress"),
              Services.LOOK);
    }
    long stopping =
        service.desiredCount() == 0 ? StoppedTasks.of(services.work()).stillRunning() : 0;
    if (stopping > 0) {
      throw services
          .work()
          .underWay(stopping + " tasks of " + services.it() + " are stopping", Services.LOOK);
    }
  }

  private boolean isCounted() {
    return service.runningCount().equals(service.desiredCount()) && service.pendingCount() == 0;
  }

  private boolean isDeployed() {
    return service.desiredCount() == 0
        || (service.deployments().size() <= 1
            && service.deployments().stream().allMatch(Rollout::isDeployed));
  }

  /** Deployments that another controller makes have no such state. */
  private static boolean isDeployed(Deployment deployment) {
    return deployment.rolloutState() == null
        || deployment.rolloutState() == DeploymentRolloutState.COMPLETED;
  }

  void awaitHealthyTargets() {
    int least = services.work().with().minHealthyTargets();
    int healthy = least == 0 ? 0 : services.healthyTargets(service);
    if (healthy < least) {
      throw services
          .work()
          .underWay(
              "%d targets of %s are healthy; %d must be".formatted(healthy, services.it(), least),
              Services.LOOK);
    }
  }
}
