package io.rekindle.source;

import io.rekindle.Repository;
import java.util.List;
import java.util.function.Function;

/** What the build tells about this repository, and how much or how little it may be. */
enum Figure {
  FILE_MEDIAN("lines of a main file: median", Limit.none(), code -> code.files().median()),
  FILE_P95("… 95 of 100 within", Limit.atMost(220), code -> code.files().p95()),
  FILE_LONGEST("… longest", Limit.atMost(350), code -> code.files().largest()),
  METHOD_MEDIAN("lines of a method: median", Limit.none(), code -> code.methods().median()),
  METHOD_P95("… 95 of 100 within", Limit.atMost(21), code -> code.methods().p95()),
  METHOD_LONGEST("… longest", Limit.atMost(40), code -> code.methods().largest()),
  NOT_PUBLIC("types of workflows not public, %", Limit.atLeast(40), Figure::notPublic),
  PUBLIC_TYPES("public types of a package, most", Limit.atMost(20), Figure::publicTypes),
  TESTS("test lines for a main line", Limit.atLeast(1), Figure::tests),
  CONTRIBUTING("lines of CONTRIBUTING.md", Limit.atMost(120), code -> page("CONTRIBUTING.md")),
  README("lines of README.md", Limit.atMost(150), code -> page("README.md"));

  private final String words;
  private final Limit limit;
  private final Function<Code, Measured> measure;

  Figure(String words, Limit limit, Function<Code, Measured> measure) {
    this.words = words;
    this.limit = limit;
    this.measure = measure;
  }

  String words() {
    return words;
  }

  Limit limit() {
    return limit;
  }

  Measured of(Code code) {
    return measure.apply(code);
  }

  /** Because of those that could be hidden: no other package imports them. */
  private static Measured notPublic(Code code) {
    List<TopLevelType> all = code.types("workflows");
    List<TopLevelType> open = all.stream().filter(TopLevelType::isPublic).toList();
    return new Measured(
        100.0 * (all.size() - open.size()) / all.size(),
        code.usedAtHomeOnly(open).stream().map(TopLevelType::qualifiedName).toList());
  }

  private static Measured publicTypes(Code code) {
    return code.publicTypes().largest();
  }

  private static Measured tests(Code code) {
    return Measured.of((double) code.testLines() / code.testedLines());
  }

  private static Measured page(String name) {
    return Measured.of(Repository.read(Repository.path(name)).lines().count());
  }
}
