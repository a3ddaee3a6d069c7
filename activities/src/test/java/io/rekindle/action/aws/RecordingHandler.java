package io.rekindle.action.aws;

import io.rekindle.action.ActionCall;
import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Readiness;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Realm;
import io.rekindle.plan.value.RegionName;
import java.util.Optional;
import java.util.Set;

/** Notes what the declaration permits, for whatever the step is given. */
record RecordingHandler<A extends Action>(ActionHandler<A> handler, Set<Permission> declared)
    implements ActionHandler<A> {
  static final String HERE = "us-west-2";

  @Override
  public Class<A> declaration() {
    return handler.declaration();
  }

  private Work<A> noted(Work<A> work) {
    ActionCall call = work.call();
    String region = call.region().isEmpty() ? HERE : call.region();
    declared.addAll(
        work.with().permissions(new Realm(new RegionName(region), "123456789012", call.drill())));
    return work;
  }

  @Override
  public Observation observe(Work<A> work) {
    return handler.observe(noted(work));
  }

  @Override
  public void apply(Work<A> work, Due due) {
    handler.apply(noted(work), due);
  }

  @Override
  public void undo(Work<A> work) {
    handler.undo(noted(work));
  }

  @Override
  public Optional<String> kept(Work<A> work) {
    return handler.kept(noted(work));
  }

  @Override
  public Readiness check(Work<A> work) {
    return handler.check(noted(work));
  }
}
