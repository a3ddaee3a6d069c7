package io.rekindle.action.aws.kubernetes;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Kubernetes;
import io.rekindle.plan.step.compute.Kubernetes.Autoscaler;
import io.rekindle.plan.step.compute.Kubernetes.Scale.Change;

/** Puts back how a workload was told to run, unless somebody else has told it otherwise since. */
record Withdrawal(Found found) {

  /** One move; throws until there is none left. The limits go first: they would hold the count. */
  void move() {
    Autoscaler former = found.former().autoscaler();
    if (work().made(Change.LIMITS).isPresent()
        && former != null
        && !former.equals(found.present().autoscaler())) {
      requireOurs(found.isLimited());
      found.api().limit(former);
      throw underWay("the former limits");
    }
    restoreCount();
  }

  /** Whether this step or the limits that it set have moved it. */
  private void restoreCount() {
    if (found.present().replicas() != found.former().replicas()) {
      requireOurs(isOurs());
      found.api().scale(found.workload(), found.former().replicas());
      throw underWay("the former count");
    }
    new Rollout(found.api(), found.workload()).awaitCount();
  }

  /** Where an autoscaler may set the count, any count may come of ours. */
  private boolean isOurs() {
    return found.present().replicas() == found.wanted().replicas()
        || found.present().autoscaler() != null;
  }

  private Work<Kubernetes.Scale> work() {
    return found.api().work();
  }

  private RuntimeException underWay(String what) {
    return work().underWay("restoring %s of %s".formatted(what, found.api().it()), Api.LOOK);
  }

  private void requireOurs(boolean ours) {
    if (!ours) {
      throw work()
          .refused(
              "somebody else has changed %s since; restore it by hand (%s)"
                  .formatted(found.api().it(), found.former().inWords()));
    }
  }
}
