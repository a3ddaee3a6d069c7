package io.rekindle.action.aws.ecs;

import io.rekindle.action.aws.ecr.Images;
import io.rekindle.plan.value.Arn;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.Service;

/** The images of which the tasks are made that a step would start. */
record TaskImages(List<Images.Seen> seen) {

  /** A step that starts nothing needs none. */
  static TaskImages of(Services services, Service service) {
    if (services.work().with().desired() == 0) {
      return new TaskImages(List.of());
    }
    Images images = new Images(services.work());
    return new TaskImages(
        taskDefinition(services, service).stream()
            .flatMap(definition -> named(services, definition))
            .distinct()
            .map(images::look)
            .toList());
  }

  /** Services of another deployment controller have none of their own. */
  private static Optional<String> taskDefinition(Services services, Service service) {
    return Optional.ofNullable(services.work().with().taskDefinition())
        .map(Arn::value)
        .or(() -> Optional.ofNullable(service.taskDefinition()));
  }

  private static Stream<String> named(Services services, String taskDefinition) {
    return services
        .ecs()
        .describeTaskDefinition(request -> request.taskDefinition(taskDefinition))
        .taskDefinition()
        .containerDefinitions()
        .stream()
        .map(ContainerDefinition::image);
  }

  /** Why the tasks could not start, if they could not. */
  Optional<String> lack() {
    return seen.stream().anyMatch(Images.Seen::lacks)
        ? Optional.of(
            seen.stream()
                .filter(Images.Seen::lacks)
                .map(Images.Seen::says)
                .collect(Collectors.joining("; ")))
        : Optional.empty();
  }

  /** What was seen, after a sentence. */
  String says() {
    return seen.stream().map(each -> "; " + each.says()).collect(Collectors.joining());
  }
}
