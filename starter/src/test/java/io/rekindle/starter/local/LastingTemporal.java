package io.rekindle.starter.local;

import io.rekindle.starter.Console;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A real Temporal server that can die and come back with all it knew. */
interface LastingTemporal extends AutoCloseable {
  /** The one that the stack of this machine would use. */
  static Path cliOfThisMachine() {
    return new TemporalCli(new Console(System.in, System.out, System.err, Map.of()))
        .find(Optional.empty())
        .orElseThrow();
  }

  String address();

  /** Temporal's own command line. */
  Path cli();

  /** As {@code kill -9} does. */
  void kill();

  /** After it was killed. */
  void startAgain();

  @Override
  void close();
}
