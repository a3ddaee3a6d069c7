package io.rekindle.action.aws.config;

import static io.rekindle.action.aws.config.Parameters.value;

import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Config;
import io.rekindle.plan.step.compute.Config.Publish.Change;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.Parameter;

/** The values of a step. History holds the former ones by names that only the plan knows. */
record Values(Work<Config.Publish> work) {
  /** The names of those that did not exist: no parameter can have this name. */
  private static final String NEW = ":new";

  private Map<String, String> wanted() {
    return work.with().values();
  }

  /** Those that are not as they should be. */
  Map<String, String> differing(Map<String, Parameter> found) {
    Map<String, String> differing = new TreeMap<>(wanted());
    differing.entrySet().removeIf(each -> each.getValue().equals(value(found, each.getKey())));
    return differing;
  }

  Due due(Map<String, Parameter> found) {
    Map<String, String> before = new TreeMap<>();
    Set<String> absent = new TreeSet<>();
    for (String name : wanted().keySet()) {
      if (found.containsKey(name)) {
        before.put(name, value(found, name));
      } else {
        absent.add(name);
      }
    }
    if (!absent.isEmpty()) {
      before.put(NEW, String.join(",", absent));
    }
    return new Due(Change.VALUES.word(), before);
  }

  void write(Map<String, Parameter> found) {
    Parameters parameters = new Parameters(work);
    differing(found).forEach((name, value) -> parameters.put(found, name, value));
  }

  void restore(Due made) {
    Map<String, String> former = new TreeMap<>(made.before());
    Set<String> absent = absent(former.remove(NEW));
    Set<String> names = new TreeSet<>(former.keySet());
    names.addAll(absent);
    Parameters parameters = new Parameters(work);
    Map<String, Parameter> found = parameters.read(names);
    for (String name : names) {
      String value = value(found, name);
      if (!value.equals(wanted().get(name)) && !value.equals(former.getOrDefault(name, ""))) {
        throw parameters.writtenBySomebodyElse("value of " + name);
      }
    }
    former.forEach((name, value) -> {
      if (!value(found, name).equals(value)) {
        parameters.put(found, name, value);
      }
    });
    parameters.delete(found, absent);
  }

  private static Set<String> absent(@Nullable String names) {
    return names == null ? Set.of() : Set.of(names.split(","));
  }
}
