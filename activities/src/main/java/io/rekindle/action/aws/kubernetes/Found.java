package io.rekindle.action.aws.kubernetes;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Kubernetes;
import io.rekindle.plan.step.compute.Kubernetes.Autoscaler;
import io.rekindle.plan.step.compute.Kubernetes.Scale.Change;
import java.util.List;
import java.util.Optional;

/**
 * A workload and how it is told to run: at present, before this step, and by it.
 *
 * @param governing the autoscalers that set its count
 */
record Found(
    Api api,
    Workload workload,
    List<Autoscaler> governing,
    Scaling present,
    Scaling former,
    Scaling wanted) {

  static Found of(Api api, Workload workload) {
    Work<Kubernetes.Scale> work = api.work();
    List<Autoscaler> governing = api.autoscalers();
    Scaling present = new Scaling(workload.replicas(), governing.stream().findFirst().orElse(null));
    Scaling former = Scaling.former(work, present);
    return new Found(api, workload, governing, present, former, Scaling.wanted(work, former));
  }

  /** Why the step cannot have its way, in words. */
  Optional<String> obstacle() {
    Obstacles obstacles = new Obstacles(api);
    return obstacles.autoscalers(governing).or(() -> obstacles.limits(present, wanted));
  }

  boolean isLimited() {
    return present.hasLimitsOf(wanted);
  }

  boolean isScaled() {
    return present.replicas() == wanted.replicas() || hasMoved();
  }

  /** Whether an autoscaler has moved the count since it was set, as is its business. */
  private boolean hasMoved() {
    return api.work().isAnswered(Change.SCALE)
        && present.autoscaler() != null
        && wanted.replicas() > 0
        && present.replicas() > 0
        && present.permits(present.replicas());
  }
}
