package io.rekindle.simulator.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a server keeps its data: named after our process, so that what a dead one left is found.
 */
final class DataFolder {
  private static final String PREFIX = "rekindle-mariadb-";

  private DataFolder() {}

  static Path create() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    for (Path left : leftBehind(temporary)) {
      remove(left);
    }
    Path folder = Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-");
    Files.createDirectory(folder.resolve("data"));
    return folder;
  }

  private static List<Path> leftBehind(Path temporary) throws IOException {
    try (Stream<Path> all = Files.list(temporary)) {
      return all.filter(DataFolder::isLeftBehind).toList();
    }
  }

  private static boolean isLeftBehind(Path folder) {
    String name = folder.getFileName().toString();
    return name.matches(PREFIX + "\\d+-.*")
        && ProcessHandle.of(Long.parseLong(name.split("-", 4)[2])).isEmpty();
  }

  static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
