package io.rekindle.starter.local;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.stream.Stream;

/**
 * What a test takes from the machine; where it is not there, the test is left out, but not in CI.
 */
final class OfThisMachine {
  private OfThisMachine() {}

  /** The folder of PostgreSQL's own programs. */
  static Path postgres() {
    return found("/usr/lib/postgresql/*/bin/initdb", "postgresql").resolveSibling("");
  }

  /** A library that shows a process another time. */
  static Path anotherTime() {
    return found("/usr/lib/*/faketime/libfaketimeMT.so.1", "libfaketime");
  }

  private static Path found(String glob, String debianPackage) {
    Path root = Path.of("/usr/lib");
    PathMatcher matcher = root.getFileSystem().getPathMatcher("glob:" + glob);
    try (Stream<Path> files = Files.walk(root, 4)) {
      return files
          .filter(matcher::matches)
          .sorted()
          .findFirst()
          .orElseGet(() -> lacking(glob, debianPackage));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Path lacking(String glob, String debianPackage) {
    String sentence =
        "There is no %s on this machine: apt-get install %s".formatted(glob, debianPackage);
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(sentence);
    }
    return abort(sentence);
  }
}
