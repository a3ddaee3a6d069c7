package io.rekindle.starter.local;

import java.nio.file.Path;
import java.util.Optional;

/** Where programs keep what belongs to a user, as the XDG base directories have it. */
enum UserFolder {
  STATE("XDG_STATE_HOME", ".local/state"),
  CACHE("XDG_CACHE_HOME", ".cache");

  private final String variable;
  private final String otherwise;

  UserFolder(String variable, String otherwise) {
    this.variable = variable;
    this.otherwise = otherwise;
  }

  Path path() {
    return Optional.ofNullable(System.getenv(variable))
        .filter(path -> !path.isBlank())
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), otherwise));
  }
}
