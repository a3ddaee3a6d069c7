package io.rekindle.starter.local;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a test takes from the machine; where it is not there, the test is left out, and says so. */
final class OfThisMachine {
  private OfThisMachine() {}

  /** PostgreSQL's own programs. */
  static Path postgres(String program) {
    return found("/usr/lib/postgresql", "bin/" + program, "postgresql");
  }

  /** A library that shows a process another time. */
  static Path anotherTime() {
    return found("/usr/lib", "faketime/libfaketimeMT.so.1", "libfaketime");
  }

  /** In any folder of this one. */
  private static Path found(String parent, String file, String debianPackage) {
    Path folder = Path.of(parent);
    if (Files.isDirectory(folder)) {
      try (Stream<Path> children = Files.list(folder)) {
        for (Path child : children.sorted().toList()) {
          if (Files.exists(child.resolve(file))) {
            return child.resolve(file);
          }
        }
      } catch (IOException unreadable) {
        throw new UncheckedIOException(unreadable);
      }
    }
    return abort(
        "There is no %s/*/%s on this machine: apt-get install %s"
            .formatted(parent, file, debianPackage));
  }
}
