package io.rekindle.action.aws.kubernetes;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Kubernetes;
import io.rekindle.plan.step.compute.Kubernetes.Autoscaler;
import io.rekindle.plan.step.compute.Kubernetes.Scale.Change;
import jakarta.inject.Singleton;
import java.util.Optional;

/** What it was is recorded before the first change: the limits alone may move the count. */
@Singleton
final class Scale implements ActionHandler<Kubernetes.Scale> {
  @Override
  public Class<Kubernetes.Scale> declaration() {
    return Kubernetes.Scale.class;
  }

  @Override
  public Observation observe(Work<Kubernetes.Scale> work) {
    try (Api api = Api.of(work)) {
      return api.find()
          .map(it -> observed(Found.of(api, it)))
          .orElseGet(() -> new Broken(absent(api)));
    }
  }

  private static String absent(Api api) {
    return api.it() + " does not exist";
  }

  private static Observation observed(Found found) {
    Optional<String> obstacle = found.obstacle();
    if (obstacle.isPresent()) {
      return new Broken(obstacle.get());
    }
    if (!found.isLimited()) {
      return Due.of(Change.LIMITS, found.present());
    }
    if (!found.isScaled()) {
      return Due.of(Change.SCALE, found.present());
    }
    return new Rollout(found.api(), found.workload())
        .awaitReady()
        .<Observation>map(Broken::new)
        .orElseGet(() -> Settled.of(outputs(found)));
  }

  private static Kubernetes.Scale.Outputs outputs(Found found) {
    return new Kubernetes.Scale.Outputs(
        found.api().work().with().workload(), found.workload().usable(), found.former().replicas());
  }

  @Override
  public void apply(Work<Kubernetes.Scale> work, Due due) {
    try (Api api = Api.of(work)) {
      api.find()
          .map(it -> Found.of(api, it))
          .filter(found -> found.obstacle().isEmpty())
          .ifPresent(found -> change(found, due));
    }
  }

  private static void change(Found found, Due due) {
    Autoscaler limits = found.wanted().autoscaler();
    if (due.is(Change.LIMITS) && limits != null && !found.isLimited()) {
      found.api().limit(limits);
    }
    if (due.is(Change.SCALE) && found.isLimited() && !found.isScaled()) {
      found.api().scale(found.workload(), found.wanted().replicas());
    }
  }

  @Override
  public void undo(Work<Kubernetes.Scale> work) {
    if (work.call().made().isEmpty()) {
      return;
    }
    try (Api api = Api.of(work)) {
      api.find().ifPresent(it -> new Withdrawal(Found.of(api, it)).move());
    }
  }

  @Override
  public Readiness check(Work<Kubernetes.Scale> work) {
    try (Api api = Api.of(work)) {
      return api.find()
          .map(it -> readiness(Found.of(api, it)))
          .orElseGet(() -> new Readiness(false, absent(api), null));
    }
  }

  private static Readiness readiness(Found found) {
    return found
        .obstacle()
        .or(() -> new Rights(found.api()).lack())
        .map(lack -> new Readiness(false, lack, null))
        .orElseGet(() -> new Readiness(true, evidence(found), null));
  }

  private static String evidence(Found found) {
    return "%s has %d of %d replicas ready and can be set to %d"
        .formatted(
            found.api().it(),
            found.workload().ready(),
            found.workload().replicas(),
            found.wanted().replicas());
  }
}
