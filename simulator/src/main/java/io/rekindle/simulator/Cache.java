package io.rekindle.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What is fetched once and kept for this user. */
final class Cache {
  private Cache() {}

  static Path folder() {
    Path cache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .filter(path -> !path.isBlank())
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
    try {
      return Files.createDirectories(cache.resolve("rekindle"));
    } catch (IOException failed) {
      throw new UncheckedIOException("No folder to keep files in: " + cache, failed);
    }
  }
}
