package io.rekindle.source;

import static java.util.stream.Collectors.groupingBy;

import com.sun.source.tree.MethodTree;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The methods that answer a text, by name. */
record Library(Map<String, List<Spot>> methods) {
  private static final Set<String> TEXT = Set.of("String", "Optional<String>");

  static Library of(List<Spot> spots) {
    return new Library(spots.stream().filter(Library::answersText).collect(groupingBy(Spot::name)));
  }

  private static boolean answersText(Spot spot) {
    return spot.tree() instanceof MethodTree method
        && TEXT.contains(String.valueOf(method.getReturnType()));
  }

  List<Spot> inSameFile(String name, Spot from) {
    return named(name).filter(each -> each.file().equals(from.file())).toList();
  }

  /** Those of the same file, or the only one of the module: more is not to be known from a name. */
  List<Spot> meant(String name, Spot from) {
    List<Spot> here = inSameFile(name, from);
    List<Spot> near =
        named(name).filter(each -> each.file().isIn(from.file().module())).limit(2).toList();
    return here.isEmpty() && near.size() == 1 ? near : here;
  }

  private Stream<Spot> named(String name) {
    return methods.getOrDefault(name, List.of()).stream();
  }
}
