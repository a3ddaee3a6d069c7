package io.rekindle.starter.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folders of demonstrations: numbered, and each used by one at a time. They stay, so that what
 * a killed demonstration left behind is found.
 */
public final class DemoFolders {
  private DemoFolders() {}

  /** Ends what demonstrations that were killed left behind. */
  public static void sweep() {
    for (Path folder : existing()) {
      StateFolder.ifFree(folder).ifPresent(StateFolder::close);
    }
  }

  /** The first that nobody uses. */
  static StateFolder claim() {
    return Stream.iterate(1, number -> number + 1)
        .map(number -> StateFolder.ifFree(parent().resolve(String.valueOf(number))))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow();
  }

  private static List<Path> existing() {
    try (Stream<Path> all = Files.list(Files.createDirectories(parent()))) {
      return all.filter(Files::isDirectory).toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Path parent() {
    return UserFolder.STATE.path().resolve("rekindle-demo");
  }
}
