package io.rekindle.simulator.database;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that come packed with us, and are unpacked once into the user's cache. */
final class Unpacked {
  private Unpacked() {}

  /** How they get into a folder. */
  @FunctionalInterface
  interface Unpacking {
    void into(Path folder) throws IOException;
  }

  /** Several processes may ask at the same time: one of them does it, whole or not at all. */
  static Path once(Path home, Unpacking unpacking) throws IOException {
    if (!Files.exists(home)) {
      Path lockFile = home.resolveSibling(home.getFileName() + ".lock");
      try (RandomAccessFile file = new RandomAccessFile(lockFile.toFile(), "rw");
          FileLock lock = file.getChannel().lock()) {
        if (lock.isValid() && !Files.exists(home)) {
          unpack(home, unpacking);
        }
      }
    }
    return home;
  }

  private static void unpack(Path home, Unpacking unpacking) throws IOException {
    System.err.printf("simulator: unpacking %s into %s (once)%n", home.getFileName(), home);
    Path half = Files.createTempDirectory(home.getParent(), home.getFileName().toString());
    unpacking.into(half);
    Files.move(half, home, StandardCopyOption.ATOMIC_MOVE);
  }
}
