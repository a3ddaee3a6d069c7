package io.rekindle.source;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;
import static java.util.stream.Collectors.toSet;

import io.rekindle.Repository;
import io.rekindle.source.Sizes.Sized;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All Java sources of this repository. */
record Code(List<SourceFile> main, List<SourceFile> tests) {
  /** It is written for tests, and counts as one. */
  private static final String SIMULATOR = "simulator";

  static Code read() {
    return new Code(
        SourceFile.parse(Repository.sources("main")), SourceFile.parse(Repository.sources("test")));
  }

  Sizes files() {
    return Sizes.of(main.stream().map(file -> new Sized(file.name(), file.lines())));
  }

  Sizes methods() {
    return Sizes.of(main.stream().flatMap(file -> file.methods().stream()));
  }

  List<TopLevelType> types(String module) {
    return main.stream()
        .filter(file -> file.isIn(module))
        .flatMap(file -> file.types().stream())
        .toList();
  }

  /** How many public ones each package has. */
  Sizes publicTypes() {
    return Sizes.of(
        main.stream()
            .flatMap(file -> file.types().stream())
            .filter(TopLevelType::isPublic)
            .collect(groupingBy(TopLevelType::packageName, summingInt(type -> 1)))
            .entrySet()
            .stream()
            .map(each -> new Sized(each.getKey(), each.getValue())));
  }

  /** Those of which no other package imports anything. */
  List<TopLevelType> usedAtHomeOnly(List<TopLevelType> types) {
    Set<String> imported =
        Stream.concat(main.stream(), tests.stream())
            .flatMap(file -> file.importsFromElsewhere().stream())
            .collect(toSet());
    return types.stream().filter(type -> imported.stream().noneMatch(type::isMeantBy)).toList();
  }

  int testLines() {
    return lines(Stream.concat(tests.stream(), main.stream().filter(file -> file.isIn(SIMULATOR))));
  }

  int testedLines() {
    return lines(main.stream().filter(file -> !file.isIn(SIMULATOR)));
  }

  private static int lines(Stream<SourceFile> files) {
    return files.mapToInt(SourceFile::lines).sum();
  }
}
