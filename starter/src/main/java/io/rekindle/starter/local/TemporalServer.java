package io.rekindle.starter.local;

import io.rekindle.run.Visibility;
import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** A real Temporal server that keeps its state in a file, with its web pages. */
final class TemporalServer implements AutoCloseable {
  /**
   * @param cli Temporal's own command line; empty to let the SDK fetch one
   */
  record Setting(Optional<Path> cli, int port, int uiPort) {
    String address() {
      return "127.0.0.1:" + port;
    }

    String ui() {
      return "http://127.0.0.1:" + uiPort;
    }
  }

  private final TemporalDevServer server;
  private final List<ProcessHandle> processes;

  private TemporalServer(TemporalDevServer server, List<ProcessHandle> processes) {
    this.server = server;
    this.processes = processes;
  }

  static TemporalServer start(Setting setting, StateFolder folder) {
    TemporalDevServerOptions.Builder options =
        TemporalDevServerOptions.newBuilder()
            .setIp("127.0.0.1")
            .setPort(setting.port())
            .setUiEnabled(true)
            .setUiPort(setting.uiPort())
            .setDatabaseFilename(folder.file("temporal.db").toString())
            .setLogFile(folder.log("temporal").toString())
            .setExtraArgs(attributes());
    setting.cli().ifPresent(cli -> options.setExistingPath(cli.toString()));
    List<ProcessHandle> before = ProcessHandle.current().children().toList();
    try {
      TemporalDevServer server = TemporalDevServer.start(options.build());
      List<ProcessHandle> started =
          ProcessHandle.current().children().filter(each -> !before.contains(each)).toList();
      started.forEach(folder::remember);
      return new TemporalServer(server, started);
    } catch (RuntimeException failed) {
      throw new StackFailure(
          "No Temporal server could be started%s: %s"
              .formatted(
                  setting.cli().map(cli -> " by " + cli).orElse(" nor fetched"),
                  String.valueOf(failed.getMessage()).lines().findFirst().orElse("")));
    }
  }

  private static List<String> attributes() {
    return Visibility.ATTRIBUTES.stream()
        .flatMap(name -> Stream.of("--search-attribute", name + "=Keyword"))
        .toList();
  }

  boolean isAlive() {
    return processes.stream().allMatch(ProcessHandle::isAlive);
  }

  /** As {@code kill -9} does. */
  void kill() {
    processes.forEach(ProcessHandle::destroyForcibly);
    CompletableFuture.allOf(
            processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
        .join();
  }

  @Override
  public void close() {
    server.close();
  }
}
