package io.rekindle.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What is fetched once and kept for this user. */
final class Cache {
  private Cache() {}

  /** The place of a folder that need not exist yet; the one around it does. */
  static Path folder(String name) throws IOException {
    Path cache =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .filter(path -> !path.isBlank())
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
    return Files.createDirectories(cache.resolve("rekindle")).resolve(name);
  }
}
