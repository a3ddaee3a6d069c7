package io.rekindle.action.aws.ecs;

import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DeploymentRolloutState;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * How far a service is in running as many tasks as it was told to.
 *
 * @param stopped its tasks that do not run
 */
record Rollout(Services services, Service service, StoppedTasks stopped) {
  /** So many tasks fail only when there is a reason that stays. */
  private static final int FAILURES = 3;

  static Rollout of(Services services, Service service) {
    return new Rollout(services, service, StoppedTasks.of(services.work()));
  }

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
                    stopped.reasons(service)))
        : Optional.empty();
  }

  /**
   * ECS counts the failures of a deployment only until one of its tasks has run, and a greater
   * count is no new deployment: that the tasks of a pilot light fail is known from themselves
   * alone.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Deployment.html">failedTasks</a>
   */
  private StoppedTasks failed() {
    return stopped.failedSince(services.work().call().now());
  }

  private boolean hasFailed(Scaling former) {
    boolean gaveUp =
        service.deployments().stream()
            .filter(each -> "PRIMARY".equals(each.status()))
            .anyMatch(each -> each.rolloutState() == DeploymentRolloutState.FAILED);
    int failed = Scaling.failedTasks(service);
    int ours = failed >= former.failedTasks() ? failed - former.failedTasks() : failed;
    return (gaveUp && service.desiredCount() > 0)
        || (Math.max(ours, failed().count()) >= FAILURES
            && service.runningCount() < service.desiredCount());
  }

  void awaitCount() {
    boolean deployed = isDeployed();
    if (!isCounted() || !deployed) {
      throw services
          .work()
          .underWay(
              "%s runs %d of %d tasks%s%s"
                  .formatted(
                      services.it(),
                      service.runningCount(),
                      service.desiredCount(),
                      deployed ? "" : "; its deployment is in progress",
                      failed().says(service)),
              Services.LOOK);
    }
    long stopping = service.desiredCount() == 0 ? stopped.stillRunning() : 0;
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
              "%d targets of %s are healthy; %d must be%s"
                  .formatted(healthy, services.it(), least, failed().says(service)),
              Services.LOOK);
    }
  }
}
