package io.rekindle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The files of this repository, wherever the tests are started from. */
public final class Repository {
  public static final Path ROOT = root();

  private Repository() {}

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("mvnw"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException("The tests were started outside the repository.");
      }
      folder = parent;
    }
    return folder;
  }

  /**
   * @param path from the top, {@code examples/steps}
   */
  public static Path path(String path) {
    return ROOT.resolve(path);
  }

  /** A file's path from the top, as people write it. */
  public static String name(Path file) {
    return ROOT.relativize(file).toString().replace('\\', '/');
  }

  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** All files below a folder, by name; none where there is no such folder. */
  public static List<Path> below(Path folder, Predicate<Path> wanted) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(wanted).sorted().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The sources of all modules: {@code main} or {@code test}. */
  public static List<Path> sources(String set) {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules
          .sorted()
          .flatMap(module ->
              below(
                  module.resolve("src/" + set + "/java"), file -> file.toString().endsWith(".java"))
                  .stream())
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
