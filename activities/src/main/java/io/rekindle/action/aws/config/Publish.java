package io.rekindle.action.aws.config;

import static io.rekindle.action.aws.config.Epoch.EPOCH;
import static io.rekindle.action.aws.config.Epoch.REGION;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Config;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/** The epoch that a step publishes follows from the one that was recorded before its change. */
@Singleton
final class Publish implements ActionHandler<Config.Publish> {
  private static final String VALUES = "values";
  private static final String ACTIVATE = "activate";

  /** The names of those that did not exist: no parameter can have this name. */
  private static final String NEW = ":new";

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
    if (!differing(work, found).isEmpty()) {
      return new Due(VALUES, before(work, found));
    }
    Epoch present = Epoch.of(found);
    Optional<Due> made = work.made(ACTIVATE);
    Epoch ours = made.map(Epoch::before).orElse(present).next(work);
    if (made.isEmpty() || present.number() < ours.number()) {
      return new Due(ACTIVATE, present.asBefore());
    }
    if (present.number() > ours.number()) {
      return new Broken(
          "somebody else has published %s as active under epoch %d since: this step published epoch %d"
                  .formatted(present.region(), present.number(), ours.number())
              + " under %s in %s. Publish again with retry --anew, or skip it"
                  .formatted(new Parameters(work).prefix(), work.call().region()));
    }
    return present.equals(ours)
        ? new Settled(
            Map.of(
                "prefix",
                new Parameters(work).prefix(),
                REGION,
                ours.region(),
                EPOCH,
                String.valueOf(ours.number())))
        : new Due(ACTIVATE, present.asBefore());
  }

  private static Map<String, Parameter> read(Work<Config.Publish> work) {
    Set<String> names = new TreeSet<>(work.with().values().keySet());
    names.addAll(List.of(EPOCH, REGION));
    return new Parameters(work).read(names);
  }

  private static Optional<String> lack(Work<Config.Publish> work, Map<String, Parameter> found) {
    return found.values().stream()
        .filter(each -> each.type() != ParameterType.STRING)
        .findFirst()
        .map(each ->
            "the parameter %s in %s is a %s, and only plain ones can be published"
                .formatted(each.name(), work.call().region(), each.typeAsString()))
        .or(() ->
            Optional.ofNullable(found.get(EPOCH))
                .filter(epoch -> !epoch.value().matches("\\d{1,18}"))
                .map(epoch ->
                    "the parameter %s in %s holds no epoch but '%s'"
                        .formatted(epoch.name(), work.call().region(), epoch.value())));
  }

  /** The values that are not as they should be. */
  private static Map<String, String> differing(
      Work<Config.Publish> work, Map<String, Parameter> found) {
    Map<String, String> differing = new TreeMap<>(work.with().values());
    differing.entrySet().removeIf(each -> each.getValue().equals(value(found, each.getKey())));
    return differing;
  }

  private static String value(Map<String, Parameter> found, String name) {
    return Optional.ofNullable(found.get(name)).map(Parameter::value).orElse("");
  }

  private static Map<String, String> before(
      Work<Config.Publish> work, Map<String, Parameter> found) {
    Map<String, String> before = new TreeMap<>();
    Set<String> absent = new TreeSet<>();
    for (String name : work.with().values().keySet()) {
      if (found.containsKey(name)) {
        before.put(name, value(found, name));
      } else {
        absent.add(name);
      }
    }
    if (!absent.isEmpty()) {
      before.put(NEW, String.join(",", absent));
    }
    return before;
  }

  @Override
  public void apply(Work<Config.Publish> work, Due due) {
    Map<String, Parameter> found = read(work);
    if (lack(work, found).isPresent()) {
      return;
    }
    if (due.change().equals(VALUES)) {
      differing(work, found).forEach((name, value) -> put(work, found, name, value));
    }
    if (due.change().equals(ACTIVATE)) {
      activate(work, found, Epoch.before(work.made(ACTIVATE).orElse(due)).next(work));
    }
  }

  private static void put(
      Work<Config.Publish> work, Map<String, Parameter> found, String name, String value) {
    if (found.containsKey(name)) {
      new Parameters(work).overwrite(name, value);
    } else {
      new Parameters(work).create(name, value);
    }
  }

  /** The epoch goes first: a new Region under the old epoch would let both sides write. */
  private static void activate(
      Work<Config.Publish> work, Map<String, Parameter> found, Epoch wanted) {
    Epoch present = Epoch.of(found);
    if (present.number() < wanted.number()) {
      put(work, found, EPOCH, String.valueOf(wanted.number()));
    }
    if (present.number() <= wanted.number() && !present.region().equals(wanted.region())) {
      put(work, found, REGION, wanted.region());
    }
  }

  @Override
  public void undo(Work<Config.Publish> work) {
    work.made(ACTIVATE).ifPresent(made -> deactivate(work, Epoch.before(made)));
    work.made(VALUES).ifPresent(made -> putBack(work, made.before()));
  }

  private static void deactivate(Work<Config.Publish> work, Epoch former) {
    Map<String, Parameter> found = read(work);
    if (work.call().drill()) {
      new Parameters(work).delete(present(found, Set.of(EPOCH, REGION)));
      return;
    }
    Epoch present = Epoch.of(found);
    Epoch ours = former.next(work);
    boolean untouched = present.number() < ours.number();
    boolean back = present.number() > ours.number() && present.region().equals(former.region());
    if (untouched || back) {
      return;
    }
    if (present.number() > ours.number() + 1 || !present.region().equals(ours.region())) {
      refuse(
          work, "active Region, %s under epoch %d,".formatted(present.region(), present.number()));
    }
    if (present.number() == ours.number()) {
      put(work, found, EPOCH, String.valueOf(ours.number() + 1));
    }
    if (former.region().isEmpty()) {
      new Parameters(work).delete(Set.of(REGION));
    } else {
      new Parameters(work).overwrite(REGION, former.region());
    }
  }

  private static Set<String> present(Map<String, Parameter> found, Set<String> names) {
    Set<String> present = new TreeSet<>(names);
    present.retainAll(found.keySet());
    return present;
  }

  private static void refuse(Work<Config.Publish> work, String what) {
    throw work.refused(
        "the %s under %s in %s was written by somebody else meanwhile and is left as it is"
            .formatted(what, new Parameters(work).prefix(), work.call().region()));
  }

  private static void putBack(Work<Config.Publish> work, Map<String, String> before) {
    Map<String, String> wanted = work.with().values();
    Parameters parameters = new Parameters(work);
    Set<String> absent = new TreeSet<>(List.of(before.getOrDefault(NEW, "").split(",")));
    absent.removeIf(String::isEmpty);
    Set<String> names = new TreeSet<>(before.keySet());
    names.remove(NEW);
    names.addAll(absent);
    Map<String, Parameter> found = parameters.read(names);
    for (String name : names) {
      String value = value(found, name);
      if (!value.equals(wanted.get(name)) && !value.equals(before.getOrDefault(name, ""))) {
        refuse(work, "value of " + name);
      }
    }
    before.forEach((name, former) -> {
      if (!name.equals(NEW) && !value(found, name).equals(former)) {
        put(work, found, name, former);
      }
    });
    parameters.delete(present(found, absent));
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
                    differing(work, found).size(),
                    work.with().values().size())),
        null);
  }
}
