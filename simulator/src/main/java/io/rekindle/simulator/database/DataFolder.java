package io.rekindle.simulator.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where servers keep their data: named after our process, so that what a dead one left is found.
 */
final class DataFolder {
  private static final Pattern NAME = Pattern.compile("rekindle-(?:mariadb|postgres)-(\\d+)-.*");

  private DataFolder() {}

  /**
   * @param server {@code mariadb} or {@code postgres}
   */
  static Path create(String server) throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    for (Path left : leftBehind(temporary)) {
      remove(left);
    }
    return Files.createTempDirectory(
        "rekindle-%s-%d-".formatted(server, ProcessHandle.current().pid()));
  }

  private static List<Path> leftBehind(Path temporary) throws IOException {
    try (Stream<Path> all = Files.list(temporary)) {
      return all.filter(DataFolder::isLeftBehind).toList();
    }
  }

  private static boolean isLeftBehind(Path folder) {
    Matcher name = NAME.matcher(folder.getFileName().toString());
    return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
  }

  /** Copies what is there; what a running server removes meanwhile is left out. */
  static void copy(Path from, Path to, Predicate<Path> wanted) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.filter(each -> wanted.test(from.relativize(each))).toList()) {
        copy(path, to.resolve(from.relativize(path)));
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try {
      Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    } catch (NoSuchFileException removed) {
      if (Files.exists(from)) {
        throw removed;
      }
    }
  }

  static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
