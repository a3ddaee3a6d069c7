package io.rekindle.action.aws.lambda;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Lambda;
import io.rekindle.plan.step.compute.Lambda.SetConcurrency.Change;
import jakarta.inject.Singleton;
import java.util.Optional;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

@Singleton
final class SetConcurrency implements ActionHandler<Lambda.SetConcurrency> {
  @Override
  public Class<Lambda.SetConcurrency> declaration() {
    return Lambda.SetConcurrency.class;
  }

  /** Empty where there is no such function, or no such alias. */
  private static Optional<Setting> find(Knob knob) {
    try {
      return Optional.of(knob.look());
    } catch (ResourceNotFoundException none) {
      return Optional.empty();
    }
  }

  @Override
  public Observation observe(Work<Lambda.SetConcurrency> work) {
    Knob knob = Knob.of(work);
    Optional<Setting> found = find(knob);
    if (found.isEmpty()) {
      return new Broken(knob.it() + " does not exist");
    }
    Setting present = found.get();
    if (!present.isAt(knob.wanted())) {
      return Due.of(Change.SET, present.former());
    }
    if (present.hasFailed()) {
      return work.isAnswered(Change.SET)
          ? new Broken(
              "%s is '%s': %s. Fix that, then start over (retry --anew)"
                  .formatted(knob.what(), present.status(), present.reason()))
          : Due.of(Change.SET, present.former());
    }
    await(work, knob, present);
    return Settled.of(new Lambda.SetConcurrency.Outputs(work.with().function()));
  }

  private static void await(Work<Lambda.SetConcurrency> work, Knob knob, Setting present) {
    if (!present.isReady()) {
      throw work.underWay("%s is '%s'".formatted(knob.what(), present.status()), SeenFunction.LOOK);
    }
  }

  @Override
  public void apply(Work<Lambda.SetConcurrency> work, Due due) {
    Knob knob = Knob.of(work);
    find(knob)
        .filter(present -> !present.isAt(knob.wanted()) || present.hasFailed())
        .ifPresent(present -> knob.set(knob.wanted()));
  }

  @Override
  public void undo(Work<Lambda.SetConcurrency> work) {
    Knob knob = Knob.of(work);
    Optional<Setting> found = find(knob);
    Optional<Setting.Former> recorded = work.before(Change.SET, Setting.Former.class);
    if (found.isEmpty() || recorded.isEmpty()) {
      return;
    }
    Setting present = found.get();
    Setting.Former former = recorded.get();
    if (present.isAt(former)) {
      await(work, knob, present);
      return;
    }
    if (!present.isAt(knob.wanted())) {
      throw work.refused(
          "somebody else has set %s to %s since; restore it by hand (%s)"
              .formatted(knob.what(), present.former().inWords(), former.inWords()));
    }
    knob.set(former);
    throw work.underWay("restoring " + knob.what(), SeenFunction.LOOK);
  }

  @Override
  public Readiness check(Work<Lambda.SetConcurrency> work) {
    Knob knob = Knob.of(work);
    return find(knob)
        .map(present ->
            new Readiness(
                true,
                "%s is %s and can be set to %s"
                    .formatted(knob.what(), present.former().inWords(), knob.wanted().inWords()),
                null))
        .orElseGet(() -> new Readiness(false, knob.it() + " does not exist", null));
  }
}
