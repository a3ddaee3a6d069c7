package io.rekindle.action.aws.kubernetes;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why a pod is not ready.
 *
 * @param stays whether waiting alone is not likely to help
 */
record PodTrouble(String words, boolean stays) {
  /** So often a container ends only for a reason that stays. */
  private static final int RESTARTS = 3;

  /** Empty for one that is ready, or of which it is too early to tell. */
  static Optional<PodTrouble> of(Pod pod) {
    return placement(pod)
        .or(() -> containers(pod).map(PodTrouble::container).flatMap(Optional::stream).findFirst());
  }

  private static Optional<PodTrouble> placement(Pod pod) {
    return condition(pod, "PodScheduled")
        .filter(each -> each.getStatus().equals("False"))
        .map(each -> new PodTrouble("has no node: " + each.getMessage(), false));
  }

  private static Optional<PodCondition> condition(Pod pod, String type) {
    return pod.getStatus().getConditions().stream()
        .filter(each -> each.getType().equals(type))
        .findFirst();
  }

  private static Stream<ContainerStatus> containers(Pod pod) {
    return Stream.concat(
        pod.getStatus().getInitContainerStatuses().stream(),
        pod.getStatus().getContainerStatuses().stream());
  }

  private static Optional<PodTrouble> container(ContainerStatus it) {
    ContainerStateWaiting waiting = it.getState() == null ? null : it.getState().getWaiting();
    return waiting == null ? Optional.empty() : waiting(it, waiting);
  }

  /** What is not listed here is on its way. */
  private static Optional<PodTrouble> waiting(ContainerStatus it, ContainerStateWaiting waiting) {
    String reason = String.valueOf(waiting.getReason());
    String told = reason + words(waiting.getMessage());
    return switch (reason) {
      case "ImagePullBackOff", "InvalidImageName" ->
          Optional.of(new PodTrouble("cannot get the image " + it.getImage() + ": " + told, true));
      case "ErrImagePull" ->
          Optional.of(new PodTrouble("cannot get the image " + it.getImage() + ": " + told, false));
      case "CrashLoopBackOff" ->
          Optional.of(
              new PodTrouble(
                  "cannot stay up: CrashLoopBackOff, container %s ended %d times%s"
                      .formatted(it.getName(), it.getRestartCount(), end(it)),
                  it.getRestartCount() >= RESTARTS));
      case "CreateContainerConfigError", "CreateContainerError", "RunContainerError" ->
          Optional.of(
              new PodTrouble("cannot start container " + it.getName() + ": " + told, false));
      default -> Optional.empty();
    };
  }

  private static String words(@Nullable String message) {
    return message == null || message.isEmpty() ? "" : ", " + message;
  }

  private static String end(ContainerStatus it) {
    ContainerStateTerminated last =
        it.getLastState() == null ? null : it.getLastState().getTerminated();
    return last == null
        ? ""
        : ", last by %s with exit code %d".formatted(last.getReason(), last.getExitCode());
  }

  /** Whether all its containers run, and it is not ready for all that. */
  static boolean isUnready(Pod pod) {
    boolean runs = "Running".equals(pod.getStatus().getPhase());
    return runs
        && condition(pod, "Ready").filter(each -> each.getStatus().equals("False")).isPresent();
  }
}
