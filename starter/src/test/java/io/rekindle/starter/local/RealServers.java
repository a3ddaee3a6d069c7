package io.rekindle.starter.local;

import io.rekindle.simulator.Settings;
import io.rekindle.simulator.Simulator;
import io.rekindle.starter.Console;
import io.rekindle.starter.run.Runs;
import io.rekindle.starter.run.Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A real Temporal server and a simulated AWS, for all tests of a JVM. */
final class RealServers implements AutoCloseable {
  private static final double PACE = 0.001;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final StateFolder folder;
  private final Simulator simulator;
  private final TemporalServer.Setting setting;
  private TemporalServer temporal;

  RealServers(Path state) {
    folder = StateFolder.open(state);
    Optional<Path> cli =
        new TemporalCli(new Console(System.in, System.out, System.err, Map.of()))
            .find(Optional.empty());
    setting = new TemporalServer.Setting(cli, Ports.free(), Ports.free());
    temporal = TemporalServer.begin(setting, folder);
    temporal.awaitReady();
    simulator = Simulator.start(Settings.FAST.withPace(PACE).withDatabases());
  }

  String address() {
    return setting.address();
  }

  /** Where Temporal's own command line is. */
  Path cliFolder() {
    return Objects.requireNonNull(setting.cli().orElseThrow().getParent());
  }

  Path logs() {
    return folder.file("logs");
  }

  Simulator simulator() {
    return simulator;
  }

  Runs runs() {
    return new Server(Optional.of(setting.address()), Optional.of("default"), Optional.empty())
        .connect();
  }

  Child startWorker() {
    return startWorker("worker");
  }

  /**
   * @param name by which its calls can be told from those of others
   */
  Child startWorker(String name) {
    Map<String, String> environment =
        new HashMap<>(
            LocalStack.workerEnvironment(
                setting.address(),
                PACE,
                "127.0.0.1:" + simulator.dns().getPort(),
                simulator.endpoint().toString()));
    environment.put("AWS_SDK_UA_APP_ID", name);
    Child worker = Child.start(name, Program.WORKER.command(List.of()), environment, folder);
    worker.await("ready", PATIENCE);
    return worker;
  }

  void restartTemporal() {
    temporal.kill();
    temporal = TemporalServer.begin(setting, folder);
    temporal.awaitReady();
  }

  @Override
  public void close() {
    simulator.close();
    temporal.close();
    folder.close();
  }
}
