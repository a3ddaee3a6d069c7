package io.rekindle.action.aws.ecs;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Ecs;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Container;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;
import software.amazon.awssdk.services.ecs.model.Task;

/**
 * The tasks of a service that were told to stop, or never started. ECS shows them for an hour.
 *
 * @param tasks newest first
 */
record StoppedTasks(List<Task> tasks) {
  /** As many as ECS lists, and describes, at once. */
  private static final int NEWEST = 100;

  private static final int REASONS = 3;

  /** How far the clocks of AWS and of the workflow may differ. */
  private static final Duration SKEW = Duration.ofSeconds(15);

  /** The containers of a task in these states run no more. */
  private static final Set<String> OVER = Set.of("DEPROVISIONING", "STOPPED", "DELETED");

  static StoppedTasks of(Work<Ecs.ScaleService> work) {
    EcsClient ecs = new Services(work).ecs();
    List<String> arns =
        ecs.listTasks(request ->
                request
                    .cluster(work.with().cluster())
                    .serviceName(work.with().service())
                    .desiredStatus(DesiredStatus.STOPPED)
                    .maxResults(NEWEST))
            .taskArns();
    List<Task> found =
        arns.isEmpty()
            ? List.of()
            : ecs.describeTasks(request -> request.cluster(work.with().cluster()).tasks(arns))
                .tasks();
    return new StoppedTasks(
        found.stream()
            .sorted(
                Comparator.comparing(
                    Task::createdAt, Comparator.nullsFirst(Comparator.reverseOrder())))
            .toList());
  }

  /** Those that were started no earlier than that, and not stopped by a smaller count. */
  StoppedTasks failedSince(Instant time) {
    return new StoppedTasks(
        tasks.stream()
            .filter(task -> task.createdAt() != null)
            .filter(task -> !task.createdAt().isBefore(time.minus(SKEW)))
            .filter(task -> !wasNotWanted(task))
            .toList());
  }

  int count() {
    return tasks.size();
  }

  /** Said after what is waited for, when there is something to say. */
  String says(Service service) {
    return tasks.isEmpty() ? "" : "; %d did not stay up: %s".formatted(count(), reasons(service));
  }

  /** How many still run, for a service may no longer count them. */
  long stillRunning() {
    return tasks.stream().filter(task -> !OVER.contains(String.valueOf(task.lastStatus()))).count();
  }

  /** Why tasks do not stay up, in AWS's words: of the newest tasks, else of the service itself. */
  String reasons(Service service) {
    Set<String> words =
        Stream.concat(
                tasks.stream().flatMap(StoppedTasks::reasons),
                Stream.concat(
                    service.deployments().stream()
                        .filter(deployment -> "FAILED".equals(deployment.rolloutStateAsString()))
                        .map(Deployment::rolloutStateReason),
                    service.events().stream()
                        .map(ServiceEvent::message)
                        .filter(message -> message.contains("unable"))))
            .filter(reason -> reason != null && !reason.isBlank())
            .distinct()
            .limit(REASONS)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return words.isEmpty() ? "AWS gives no reason" : String.join("; ", words);
  }

  /** Tasks that a smaller count stopped, or a newer deployment, have not failed. */
  private static boolean wasNotWanted(Task task) {
    return String.valueOf(task.stoppedReason()).startsWith("Scaling activity initiated by");
  }

  private static Stream<String> reasons(Task task) {
    return task.stoppedReason() == null || wasNotWanted(task)
        ? Stream.empty()
        : Stream.concat(
            Stream.of(task.stoppedReason()),
            task.containers().stream()
                .filter(container -> container.reason() != null)
                .map(container -> named(container)));
  }

  private static String named(Container container) {
    return container.name() + ": " + container.reason();
  }
}
