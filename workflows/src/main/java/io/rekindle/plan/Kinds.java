package io.rekindle.plan;

import io.rekindle.plan.step.Declared;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The catalogue: every record below the sealed {@link Declared}. The compiler keeps the list; there
 * is no registry.
 */
public final class Kinds {
  private static final Map<String, Kind> BY_NAME = byName();
  private static final List<Kind> ALL =
      BY_NAME.values().stream().sorted(Comparator.comparing(Kind::name)).toList();

  private Kinds() {}

  private static Map<String, Kind> byName() {
    Map<String, Kind> kinds = new TreeMap<>();
    declarations(Declared.class)
        .map(Kind::of)
        .forEach(kind -> {
          Kind twin = kinds.put(kind.name(), kind);
          if (twin != null) {
            throw new IllegalStateException(
                kind.name() + " is declared by " + kind.type() + " and " + twin.type());
          }
        });
    return Map.copyOf(kinds);
  }

  private static Stream<Class<? extends Declared>> declarations(Class<? extends Declared> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses())
            .flatMap(each -> declarations(each.asSubclass(Declared.class)))
        : Stream.of(type);
  }

  public static Optional<Kind> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  public static Kind of(Class<? extends Declared> type) {
    return all().stream().filter(kind -> kind.type() == type).findFirst().orElseThrow();
  }

  /** All kinds, by name. */
  public static List<Kind> all() {
    return ALL;
  }

  public static Collection<String> names() {
    return all().stream().map(Kind::name).toList();
  }
}
