package io.rekindle.starter.local;

import io.rekindle.simulator.Settings;
import io.rekindle.simulator.Simulator;
import io.rekindle.starter.run.Runs;
import io.rekindle.starter.run.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real Temporal server and a simulated AWS. */
final class RealServers implements AutoCloseable {
  private static final double PACE = 0.001;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final StateFolder folder;
  private final LastingTemporal temporal;
  private final Simulator simulator;

  /** Until the JVM ends. */
  private static final class Shared {
    private static final RealServers SERVERS = started();

    private static RealServers started() {
      StateFolder folder =
          StateFolder.open(
              Path.of(System.getProperty("real.servers", "target/real-servers")).toAbsolutePath());
      folder.clear();
      RealServers servers = new RealServers(folder, new FileTemporal(folder));
      Runtime.getRuntime().addShutdownHook(new Thread(servers::close));
      return servers;
    }
  }

  /** The same for all tests of a JVM, which run one after the other. */
  static RealServers shared() {
    return Shared.SERVERS;
  }

  RealServers(Path state, LastingTemporal temporal) {
    this(StateFolder.open(state), temporal);
  }

  private RealServers(StateFolder folder, LastingTemporal temporal) {
    this.folder = folder;
    this.temporal = temporal;
    this.simulator = Simulator.start(Settings.FAST.withPace(PACE).withDatabases());
  }

  LastingTemporal temporal() {
    return temporal;
  }

  Path logs() {
    return folder.file("logs");
  }

  Simulator simulator() {
    return simulator;
  }

  Runs runs() {
    return new Server(Optional.of(temporal.address()), Optional.of("default"), Optional.empty())
        .connect();
  }

  Child startWorker() {
    return startWorker("worker");
  }

  /**
   * @param name by which its calls can be told from those of others
   */
  Child startWorker(String name) {
    return ready(beginWorker(name, Map.of()));
  }

  /** Does not wait until it is ready. */
  Child beginWorker(String name, Map<String, String> settings) {
    Map<String, String> environment =
        new HashMap<>(
            LocalStack.workerEnvironment(
                temporal.address(),
                PACE,
                new LocalStack.Aws(
                    simulator.endpoint().toString(),
                    "127.0.0.1:" + simulator.dns().getPort(),
                    trust())));
    environment.put("AWS_SDK_UA_APP_ID", name);
    environment.putAll(settings);
    return Child.start(name, Program.WORKER.command(List.of()), environment, folder);
  }

  private Path trust() {
    try {
      return Files.writeString(folder.file(LocalStack.TRUST), simulator.authority().pem());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static Child ready(Child worker) {
    worker.await("ready", PATIENCE);
    return worker;
  }

  @Override
  public void close() {
    simulator.close();
    temporal.close();
    folder.close();
  }
}
