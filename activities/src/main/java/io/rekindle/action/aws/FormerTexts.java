package io.rekindle.action.aws;

import io.rekindle.action.Observation.Due;
import io.rekindle.plan.step.Action;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What texts were before a change, by their names, as history holds it.
 *
 * @param values of those that existed
 * @param absent the names of those that did not
 */
public record FormerTexts(Map<String, String> values, Set<String> absent) {
  /** Where the names of the absent stand: no parameter and no variable can have this name. */
  private static final String NEW = ":new";

  public static FormerTexts of(Collection<String> names, Map<String, String> found) {
    Map<String, String> values = new TreeMap<>(found);
    values.keySet().retainAll(names);
    Set<String> absent = new TreeSet<>(names);
    absent.removeAll(found.keySet());
    return new FormerTexts(values, absent);
  }

  public static FormerTexts of(Due made) {
    Map<String, String> values = new TreeMap<>(made.before());
    String absent = values.remove(NEW);
    return new FormerTexts(values, absent == null ? Set.of() : Set.of(absent.split(",")));
  }

  public Due due(Action.Change change) {
    Map<String, String> before = new TreeMap<>(values);
    if (!absent.isEmpty()) {
      before.put(NEW, String.join(",", new TreeSet<>(absent)));
    }
    return new Due(change.word(), before);
  }

  public Set<String> names() {
    Set<String> names = new TreeSet<>(values.keySet());
    names.addAll(absent);
    return names;
  }

  /** Whether all are as they were. */
  public boolean holdIn(Map<String, String> present) {
    return of(names(), present).equals(of(names(), values));
  }

  /** These texts with all as they were. */
  public Map<String, String> over(Map<String, String> present) {
    Map<String, String> all = new TreeMap<>(present);
    all.keySet().removeAll(absent);
    all.putAll(values);
    return all;
  }

  /** The first that is neither as it was nor as it was changed: somebody else has written it. */
  public Optional<String> foreign(Map<String, String> present, Map<String, String> wanted) {
    return names().stream()
        .filter(name -> !Objects.equals(present.get(name), wanted.get(name)))
        .filter(name -> !Objects.equals(present.get(name), values.get(name)))
        .findFirst();
  }
}
