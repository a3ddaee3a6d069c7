package io.rekindle.action.aws.kubernetes;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import org.jspecify.annotations.Nullable;

/**
 * A Deployment or StatefulSet as its API shows it.
 *
 * @param replicas how many shall run
 * @param isObserved whether its controller knows the present one; before that all else is of the
 *     former
 * @param existing how many pods there are that were not told to end
 * @param updated how many are of the present template; all, where it does not matter
 * @param usable how many are ready, and have been for as long as the workload asks
 * @param refusal why its controller can make no pods; empty when it can
 */
record Workload(
    String version,
    LabelSelector selector,
    int replicas,
    boolean isObserved,
    int existing,
    int updated,
    int usable,
    String refusal) {

  /** A paused one rolls out no further, and scales all the same. */
  static Workload of(Deployment it) {
    DeploymentStatus status = it.getStatus();
    int existing = number(status.getReplicas());
    boolean isPaused = Boolean.TRUE.equals(it.getSpec().getPaused());
    return new Workload(
        it.getMetadata().getResourceVersion(),
        it.getSpec().getSelector(),
        number(it.getSpec().getReplicas()),
        isSeen(it.getMetadata().getGeneration(), status.getObservedGeneration()),
        existing,
        isPaused ? existing : number(status.getUpdatedReplicas()),
        Math.min(number(status.getReadyReplicas()), number(status.getAvailableReplicas())),
        refusal(status));
  }

  private static String refusal(DeploymentStatus status) {
    return status.getConditions().stream()
        .filter(each -> each.getType().equals("ReplicaFailure") && each.getStatus().equals("True"))
        .map(DeploymentCondition::getMessage)
        .findFirst()
        .orElse("");
  }

  /** One that is updated by hand or in part may never be of one template. */
  static Workload of(StatefulSet it) {
    StatefulSetStatus status = it.getStatus();
    int existing = number(status.getReplicas());
    return new Workload(
        it.getMetadata().getResourceVersion(),
        it.getSpec().getSelector(),
        number(it.getSpec().getReplicas()),
        isSeen(it.getMetadata().getGeneration(), status.getObservedGeneration()),
        existing,
        existing,
        Math.min(number(status.getReadyReplicas()), number(status.getAvailableReplicas())),
        "");
  }

  private static int number(@Nullable Integer number) {
    return number == null ? 0 : number;
  }

  private static boolean isSeen(@Nullable Long generation, @Nullable Long observed) {
    return observed != null && generation != null && observed >= generation;
  }

  /** How many of those that shall run are ready. */
  int ready() {
    return Math.min(usable, replicas);
  }

  /** Whether as many run as shall, and no more. */
  boolean isCounted() {
    return isObserved && existing == replicas;
  }

  boolean isDone() {
    return isCounted() && usable >= replicas && updated >= replicas;
  }
}
