package io.rekindle.action.aws.lambda;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Lambda;
import io.rekindle.plan.step.compute.Lambda.EventSource.Change;
import io.rekindle.plan.step.compute.Lambda.MappingState;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/** A mapping that is being disabled still reads, so it counts only when AWS says that it is. */
@Singleton
final class EventSource implements ActionHandler<Lambda.EventSource> {
  @Override
  public Class<Lambda.EventSource> declaration() {
    return Lambda.EventSource.class;
  }

  @Override
  public Observation observe(Work<Lambda.EventSource> work) {
    Mappings mappings = Mappings.look(work);
    String lacks = mappings.lacks();
    if (!lacks.isEmpty()) {
      return new Broken(lacks);
    }
    mappings.await();
    return mappings.differing(work.with().state()).isEmpty()
        ? Settled.of(new Lambda.EventSource.Outputs(work.with().mappings().size()))
        : new Due(Change.SET.word(), mappings.states());
  }

  @Override
  public void apply(Work<Lambda.EventSource> work, Due due) {
    Mappings mappings = Mappings.look(work);
    if (mappings.lacks().isEmpty()) {
      mappings.differing(work.with().state()).forEach(id -> mappings.set(id, work.with().state()));
    }
  }

  @Override
  public void undo(Work<Lambda.EventSource> work) {
    Optional<Due> made = work.made(Change.SET);
    if (made.isEmpty()) {
      return;
    }
    Mappings mappings = Mappings.look(work);
    mappings.await();
    Map<String, MappingState> altered = mappings.altered(made.get().before());
    altered.forEach(mappings::set);
    if (!altered.isEmpty()) {
      throw work.underWay(
          "restoring the event source mappings " + String.join(", ", altered.keySet()),
          Mappings.LOOK);
    }
  }

  @Override
  public Readiness check(Work<Lambda.EventSource> work) {
    Mappings mappings = Mappings.look(work);
    String lacks = mappings.lacks();
    return new Readiness(lacks.isEmpty(), lacks.isEmpty() ? mappings.inWords() : lacks, null);
  }
}
