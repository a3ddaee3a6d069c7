package io.rekindle.starter.local;

import java.nio.file.Path;

/** A real Temporal server that can die and come back with all it knew. */
interface LastingTemporal extends AutoCloseable {
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
