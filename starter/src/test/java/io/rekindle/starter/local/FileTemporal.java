package io.rekindle.starter.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The server that {@code rekindle up} starts: it keeps its runs in a file. */
public final class FileTemporal implements LastingTemporal {
  private static final String DATABASE = "temporal.db";

  private final StateFolder folder;
  private final Path cli;
  private final TemporalServer.Setting setting;
  private TemporalServer server;

  public static FileTemporal in(Path folder) {
    return new FileTemporal(StateFolder.open(folder));
  }

  FileTemporal(StateFolder folder) {
    this.folder = folder;
    this.cli = LastingTemporal.cliOfThisMachine();
    this.setting = new TemporalServer.Setting(Optional.of(cli), Ports.free(), Ports.free());
    this.server = begun();
  }

  private TemporalServer begun() {
    TemporalServer begun = TemporalServer.begin(setting, folder);
    begun.awaitReady();
    return begun;
  }

  @Override
  public String address() {
    return setting.address();
  }

  @Override
  public Path cli() {
    return cli;
  }

  @Override
  public void kill() {
    server.kill();
  }

  @Override
  public void startAgain() {
    server = begun();
  }

  /** Keeps a copy of all it knows right now. */
  void copy() {
    kill();
    move(folder.path(), copies());
    startAgain();
  }

  /** As if it had been restored from the copy, which knows nothing of what happened since. */
  void putBack() {
    kill();
    move(copies(), folder.path());
    startAgain();
  }

  private Path copies() {
    return folder.file("copies");
  }

  /** The file, and what was written of it besides. */
  private static void move(Path from, Path to) {
    try {
      Files.createDirectories(to);
      for (String suffix : List.of("", "-wal", "-shm")) {
        Path file = from.resolve(DATABASE + suffix);
        Files.deleteIfExists(to.resolve(DATABASE + suffix));
        if (Files.exists(file)) {
          Files.copy(file, to.resolve(DATABASE + suffix));
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
