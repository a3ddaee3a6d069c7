package io.rekindle.action.aws.ecs;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Ecs;
import io.rekindle.plan.step.compute.Ecs.Autoscaling;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.Service;

/**
 * How a service is told to run.
 *
 * @param failedTasks how many tasks in a row had failed to start by then
 * @param limits absent where Application Auto Scaling does not govern it
 */
record Scaling(int desired, String taskDefinition, int failedTasks, @Nullable Autoscaling limits) {
  static Scaling of(Service service, @Nullable Autoscaling limits) {
    return new Scaling(
        service.desiredCount(), service.taskDefinition(), failedTasks(service), limits);
  }

  static int failedTasks(Service service) {
    return service.deployments().stream()
        .filter(deployment -> "PRIMARY".equals(deployment.status()))
        .map(Deployment::failedTasks)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(0);
  }

  /** What it was before the first change of this step; the present one if there was none. */
  static Scaling former(Work<Ecs.ScaleService> work, Scaling present) {
    return work.call().made().stream()
        .findFirst()
        .map(due -> due.before(Scaling.class))
        .orElse(present);
  }

  /** For a person who has to set it. */
  String inWords() {
    return "desired count %d, task definition %s".formatted(desired, taskDefinition)
        + (limits == null ? "" : ", limits " + limitsInWords());
  }

  /** What the step wants. A drill takes nothing away from what runs. */
  static Scaling wanted(Work<Ecs.ScaleService> work, Scaling former) {
    Ecs.ScaleService with = work.with();
    int least = work.call().drill() ? former.desired() : 0;
    return new Scaling(
        Math.max(with.desired(), least),
        with.taskDefinition() == null ? former.taskDefinition() : with.taskDefinition().value(),
        former.failedTasks(),
        limits(with.autoscaling(), work.call().drill() ? former.limits() : null));
  }

  private static @Nullable Autoscaling limits(
      @Nullable Autoscaling given, @Nullable Autoscaling least) {
    return given == null || least == null
        ? given
        : new Autoscaling(Math.max(given.min(), least.min()), Math.max(given.max(), least.max()));
  }

  /** Whether the limits are as wanted; without wanted ones any will do. */
  boolean hasLimitsOf(Scaling wanted) {
    return wanted.limits() == null || wanted.limits().equals(limits);
  }

  boolean runsAs(Scaling wanted) {
    return desired == wanted.desired() && taskDefinition.equals(wanted.taskDefinition());
  }

  String limitsInWords() {
    return "%d to %d".formatted(least(), most());
  }

  int least() {
    return limits == null ? 0 : limits.min();
  }

  int most() {
    return limits == null ? Integer.MAX_VALUE : limits.max();
  }

  /** Whether Application Auto Scaling lets the count be what it is wanted to be. */
  boolean permits(int count) {
    return least() <= count && count <= most();
  }
}
