package io.rekindle.starter.local;

import java.nio.file.Path;
import java.util.Optional;

/** What keeps runs while a stack is up. */
sealed interface TemporalServer extends AutoCloseable permits ServerProcess, EmbeddedServer {
  /**
   * @param cli Temporal's own command line; empty for a server inside this process
   */
  record Setting(Optional<Path> cli, int port, int uiPort) {
    String address() {
      return "127.0.0.1:" + port;
    }

    String ui() {
      return "http://127.0.0.1:" + uiPort;
    }
  }

  /** Returns at once; whoever needs it waits. */
  static TemporalServer begin(Setting setting, StateFolder folder) {
    return setting
        .cli()
        .<TemporalServer>map(cli -> ServerProcess.start(cli, setting, folder))
        .orElseGet(() -> new EmbeddedServer(setting.port()));
  }

  void awaitReady();

  boolean isAlive();

  /** As {@code kill -9} does. */
  void kill();

  @Override
  void close();
}
