package io.rekindle.action.aws.config;

import static io.rekindle.plan.step.compute.Config.Publish.ACTIVE_REGION;
import static io.rekindle.plan.step.compute.Config.Publish.EPOCH;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Config;
import io.rekindle.plan.step.compute.Config.Publish.Change;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** The epoch that a step publishes follows from the one that was recorded before its change. */
@Singleton
final class Publish implements ActionHandler<Config.Publish> {
  @Override
  public Class<Config.Publish> declaration() {
    return Config.Publish.class;
  }

  @Override
  public Observation observe(Work<Config.Publish> work) {
    Map<String, Parameter> found = read(work);
    Optional<String> lack = lack(work, found);
    if (lack.isPresent()) {
      return new Broken(lack.get());
    }
    Values values = new Values(work);
    if (!values.differing(found).isEmpty()) {
      return values.due(found);
    }
    Epoch present = Epoch.of(found);
    Optional<Epoch> former = former(work);
    Epoch ours = former.orElse(present).next(work);
    if (former.isEmpty() || present.number() < ours.number()) {
      return Due.of(Change.ACTIVATE, present.asBefore());
    }
    if (present.number() > ours.number()) {
      return new Broken(
          "somebody else has published %s as active under epoch %d since; this step published epoch %d"
                  .formatted(present.region(), present.number(), ours.number())
              + " under %s in %s. Start over (retry --anew) or skip the step"
                  .formatted(new Parameters(work).prefix(), work.call().region()));
    }
    return present.equals(ours)
        ? Settled.of(
            new Config.Publish.Outputs(new Parameters(work).prefix(), ours.region(), ours.number()))
        : Due.of(Change.ACTIVATE, present.asBefore());
  }

  /** What was active before the step; empty until it publishes. */
  private static Optional<Epoch> former(Work<Config.Publish> work) {
    return work.before(Change.ACTIVATE, Epoch.Before.class).map(Epoch::of);
  }

  private static Map<String, Parameter> read(Work<Config.Publish> work) {
    Set<String> names = new TreeSet<>(work.with().values().keySet());
    names.addAll(List.of(EPOCH, ACTIVE_REGION));
    return new Parameters(work).read(names);
  }

  private static Optional<String> lack(Work<Config.Publish> work, Map<String, Parameter> found) {
    return found.values().stream()
        .filter(each -> each.type() != ParameterType.STRING)
        .findFirst()
        .map(each ->
            "the parameter %s in %s is a %s; only String parameters can be published"
                .formatted(each.name(), work.call().region(), each.typeAsString()))
        .or(() ->
            Optional.ofNullable(found.get(EPOCH))
                .filter(epoch -> !epoch.value().matches("\\d{1,18}"))
                .map(epoch ->
                    "the parameter %s in %s should hold an epoch but holds '%s'"
                        .formatted(epoch.name(), work.call().region(), epoch.value())));
  }

  @Override
  public void apply(Work<Config.Publish> work, Due due) {
    Map<String, Parameter> found = read(work);
    if (lack(work, found).isPresent()) {
      return;
    }
    if (due.is(Change.VALUES)) {
      new Values(work).write(found);
    }
    if (due.is(Change.ACTIVATE)) {
      Epoch former = former(work).orElseGet(() -> Epoch.of(due.before(Epoch.Before.class)));
      activate(work, found, former.next(work));
    }
  }

  /** The epoch goes first: a new Region under the old epoch would let both sides write. */
  private static void activate(
      Work<Config.Publish> work, Map<String, Parameter> found, Epoch wanted) {
    Parameters parameters = new Parameters(work);
    Epoch present = Epoch.of(found);
    if (present.number() < wanted.number()) {
      parameters.put(found, EPOCH, String.valueOf(wanted.number()));
    }
    if (present.number() <= wanted.number() && !present.region().equals(wanted.region())) {
      parameters.put(found, ACTIVE_REGION, wanted.region());
    }
  }

  @Override
  public void undo(Work<Config.Publish> work) {
    if (work.call().drill()) {
      Map<String, Parameter> all = read(work);
      new Parameters(work).delete(all, all.keySet());
      return;
    }
    former(work).ifPresent(former -> deactivate(work, former));
    work.made(Change.VALUES).ifPresent(new Values(work)::restore);
  }

  private static void deactivate(Work<Config.Publish> work, Epoch former) {
    Map<String, Parameter> found = read(work);
    Parameters parameters = new Parameters(work);
    Epoch present = Epoch.of(found);
    Epoch ours = former.next(work);
    boolean untouched = present.number() < ours.number();
    boolean back = present.number() > ours.number() && present.region().equals(former.region());
    if (untouched || back) {
      return;
    }
    if (present.number() > ours.number() + 1 || !present.region().equals(ours.region())) {
      throw parameters.writtenBySomebodyElse(
          "active Region (%s, epoch %d)".formatted(present.region(), present.number()));
    }
    if (present.number() == ours.number()) {
      parameters.put(found, EPOCH, String.valueOf(ours.number() + 1));
    }
    if (former.region().isEmpty()) {
      parameters.delete(found, Set.of(ACTIVE_REGION));
    } else {
      parameters.put(found, ACTIVE_REGION, former.region());
    }
  }

  @Override
  public Readiness check(Work<Config.Publish> work) {
    Map<String, Parameter> found = read(work);
    Optional<String> lack = lack(work, found);
    return new Readiness(
        lack.isEmpty(),
        lack.orElseGet(() ->
            "the epoch under %s in %s is %d, and %d of %d values differ"
                .formatted(
                    new Parameters(work).prefix(),
                    work.call().region(),
                    Epoch.of(found).number(),
                    new Values(work).differing(found).size(),
                    work.with().values().size())),
        null);
  }
}
