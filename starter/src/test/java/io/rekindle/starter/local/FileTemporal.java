package io.rekindle.starter.local;

import java.nio.file.Path;
import java.util.Optional;

/** The server that {@code rekindle up} starts: it keeps its runs in a file. */
public final class FileTemporal implements LastingTemporal {
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

  @Override
  public void close() {
    server.close();
  }
}
