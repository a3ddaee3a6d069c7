package io.rekindle.action.aws.kubernetes;

import io.rekindle.plan.step.compute.Kubernetes.Autoscaler;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why a workload cannot be scaled as the step says. */
record Obstacles(Api api) {
  /**
   * @param governing the autoscalers of the workload
   */
  Optional<String> autoscalers(List<Autoscaler> governing) {
    Autoscaler given = api.work().with().autoscaler();
    if (governing.size() > 1) {
      return Optional.of(
          "the HorizontalPodAutoscalers %s quarrel about %s: delete all but one"
              .formatted(names(governing), api.it()));
    }
    boolean isTheOne =
        given == null || governing.stream().anyMatch(each -> each.name().equals(given.name()));
    return isTheOne
        ? Optional.empty()
        : Optional.of(
            "the HorizontalPodAutoscaler %s does not set the replicas of %s; %s"
                .formatted(
                    Objects.requireNonNull(given).name(),
                    api.it(),
                    governing.isEmpty() ? "none does" : names(governing) + " does"));
  }

  private static String names(List<Autoscaler> all) {
    return all.stream().map(Autoscaler::name).collect(Collectors.joining(" and "));
  }

  /** Limits that the step leaves alone, and that do not hold what it wants. */
  Optional<String> limits(Scaling present, Scaling wanted) {
    Autoscaler it = present.autoscaler();
    return it == null || wanted.autoscaler() != null || present.permits(wanted.replicas())
        ? Optional.empty()
        : Optional.of(
            ("the HorizontalPodAutoscaler %s lets %s run %d to %d replicas and would take a count"
                    + " of %d back: give the step limits that allow it (retry --set"
                    + " autoscaler='{\"name\": \"%s\", \"min\": %d, \"max\": %d}')")
                .formatted(
                    it.name(),
                    api.it(),
                    it.min(),
                    it.max(),
                    wanted.replicas(),
                    it.name(),
                    Math.max(1, Math.min(wanted.replicas(), it.min())),
                    Math.max(wanted.replicas(), it.max())));
  }
}
