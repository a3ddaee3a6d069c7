package io.rekindle.action.aws.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How far a workload is in running as many replicas as it was told to. */
record Rollout(Api api, Workload workload) {
  private static final int REASONS_SHOWN = 3;
  private static final int LONGEST_WORDS = 200;

  /** Throws while it is under way; tells why waiting does not help, if it does not. */
  Optional<String> awaitReady() {
    if (workload.replicas() == 0) {
      awaitEnd();
      return Optional.empty();
    }
    if (workload.isDone()) {
      return Optional.empty();
    }
    if (!workload.isObserved()) {
      throw underWay(api.it() + " is told to run " + workload.replicas() + " replicas");
    }
    return notReady();
  }

  /** Until as many run as shall, ready or not: what was so before is none of ours. */
  void awaitCount() {
    if (workload.replicas() == 0) {
      awaitEnd();
    } else if (!workload.isCounted()) {
      throw underWay(count());
    }
  }

  /** A pod that ends is counted no more, but it may still write. */
  private void awaitEnd() {
    int left = workload.isCounted() ? api.pods(workload.selector()).size() : workload.existing();
    if (!workload.isCounted() || left > 0) {
      throw underWay("%d pods of %s are ending".formatted(left, api.it()));
    }
  }

  private String count() {
    return "%s has %d of %d replicas ready%s%s"
        .formatted(
            api.it(),
            workload.ready(),
            workload.replicas(),
            workload.updated() < workload.replicas() && workload.existing() >= workload.replicas()
                ? "; its rollout is in progress"
                : "",
            workload.existing() > workload.replicas()
                ? "; %d too many are ending".formatted(workload.existing() - workload.replicas())
                : "");
  }

  private ApplicationFailure underWay(String status) {
    return api.work().underWay(status, Api.LOOK);
  }

  private Optional<String> notReady() {
    List<Pod> pods =
        api.pods(workload.selector()).stream()
            .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
            .toList();
    List<PodTrouble> troubles =
        pods.stream().map(PodTrouble::of).flatMap(Optional::stream).toList();
    String why = troubles.isEmpty() ? unready(pods) : inWords(troubles);
    if (troubles.stream().anyMatch(PodTrouble::stays)) {
      return Optional.of(
          count()
              + why
              + ". Fix that, wait until Kubernetes has tried again (at most 5 minutes), then"
              + " retry");
    }
    throw underWay(count() + why);
  }

  /** The same trouble of many pods is said once. */
  private static String inWords(List<PodTrouble> troubles) {
    Map<String, Long> counted =
        troubles.stream()
            .map(each -> shortened(each.words()))
            .collect(
                Collectors.groupingBy(
                    Function.identity(), LinkedHashMap::new, Collectors.counting()));
    return counted.entrySet().stream()
        .limit(REASONS_SHOWN)
        .map(each -> "; %d %s".formatted(each.getValue(), each.getKey()))
        .collect(Collectors.joining());
  }

  private static String shortened(String words) {
    String line = words.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST_WORDS ? line : line.substring(0, LONGEST_WORDS) + "...";
  }

  /** Pods that run and are not ready, and pods that cannot even be made. */
  private String unready(List<Pod> pods) {
    List<String> said = new ArrayList<>();
    if (pods.size() < workload.replicas()) {
      said.addAll(workload.refusal().isEmpty() ? api.refusals() : List.of(workload.refusal()));
    }
    pods.stream()
        .filter(PodTrouble::isUnready)
        .findFirst()
        .map(pod -> api.events("Pod", pod.getMetadata().getName(), "Unhealthy"))
        .ifPresent(said::addAll);
    return said.isEmpty() ? "" : "; " + shortened(said.getLast());
  }
}
