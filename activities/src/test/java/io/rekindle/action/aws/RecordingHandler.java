package io.rekindle.action.aws;

import io.rekindle.action.ActionCall;
import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Readiness;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.iam.Policies;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Realm;
import io.rekindle.plan.value.RegionName;
import java.util.Optional;
import java.util.Set;

/** Notes what the declaration permits, for whatever the step is given, and permits just that. */
record RecordingHandler<A extends Action>(ActionHandler<A> handler, Set<Permission> declared)
    implements ActionHandler<A> {
  static final String HERE = "us-west-2";
  private static final String ACCOUNT = "123456789012";

  @Override
  public Class<A> declaration() {
    return handler.declaration();
  }

  private Work<A> noted(Work<A> work) {
    ActionCall call = work.call();
    String region = call.region().isEmpty() ? HERE : call.region();
    Realm at = new Realm(new RegionName(region), ACCOUNT, call.drill());
    declared.addAll(work.with().permissions(at));
    Kind kind = Kinds.of(declaration());
    SimulatedAws.permit(Policies.ofStep(kind, work.with(), at, call.key().application()));
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
