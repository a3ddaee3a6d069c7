package io.rekindle.action.aws.kubernetes;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Kubernetes;
import io.rekindle.plan.step.compute.Kubernetes.Autoscaler;
import org.jspecify.annotations.Nullable;

/**
 * How a workload is told to run.
 *
 * @param autoscaler absent where none governs it
 */
record Scaling(int replicas, @Nullable Autoscaler autoscaler) {

  /** What it was before the first change of this step; the present one if there was none. */
  static Scaling former(Work<Kubernetes.Scale> work, Scaling present) {
    return work.call().made().stream()
        .findFirst()
        .map(due -> due.before(Scaling.class))
        .orElse(present);
  }

  /** What the step wants. A drill takes nothing away from what runs. */
  static Scaling wanted(Work<Kubernetes.Scale> work, Scaling former) {
    Kubernetes.Scale with = work.with();
    boolean drill = work.call().drill();
    return new Scaling(
        Math.max(with.replicas(), drill ? former.replicas() : 0),
        limits(with.autoscaler(), drill ? former.autoscaler() : null));
  }

  private static @Nullable Autoscaler limits(
      @Nullable Autoscaler given, @Nullable Autoscaler least) {
    return given == null || least == null
        ? given
        : new Autoscaler(
            given.name(), Math.max(given.min(), least.min()), Math.max(given.max(), least.max()));
  }

  /** Whether the limits are as wanted; without wanted ones any will do. */
  boolean hasLimitsOf(Scaling wanted) {
    return wanted.autoscaler() == null || wanted.autoscaler().equals(autoscaler);
  }

  /**
   * Whether an autoscaler lets the count be what it is wanted to be. It leaves a workload of no
   * replicas alone, unless it may itself go down to none.
   *
   * @see <a
   *     href="https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#implicit-maintenance-mode-deactivation">Maintenance
   *     mode</a>
   */
  boolean permits(int count) {
    if (autoscaler == null) {
      return true;
    }
    return count == 0
        ? autoscaler.min() > 0
        : autoscaler.min() <= count && count <= autoscaler.max();
  }

  /** For a person who has to set it. */
  String inWords() {
    return "replicas "
        + replicas
        + (autoscaler == null
            ? ""
            : ", limits of %s %d to %d"
                .formatted(autoscaler.name(), autoscaler.min(), autoscaler.max()));
  }
}
