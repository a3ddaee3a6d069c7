package io.rekindle.starter.local;

import io.rekindle.starter.BadInput;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A Temporal server, a simulated AWS with an application in it, and a worker. */
public final class LocalStack implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String PLAN = "visitor-counter.yaml";

  private final Setting setting;
  private final StateFolder folder;
  private final Child simulator;
  private TemporalServer temporal;
  private Child worker;

  /**
   * @param fresh whether what an earlier stack left in the folder is forgotten
   * @param pace what the durations of changes are multiplied by
   */
  public record Setting(
      Path folder, boolean fresh, Optional<Path> cli, int port, int uiPort, double pace) {
    public static Path usualFolder() {
      return StateFolder.usual();
    }

    /** On ports that nobody uses. */
    public static Setting aside(Path folder, Optional<Path> cli, double pace) {
      return new Setting(folder, true, cli, Ports.free(), Ports.free(), pace);
    }

    private TemporalServer.Setting server() {
      return new TemporalServer.Setting(cli, port, uiPort);
    }
  }

  private LocalStack(
      Setting setting, StateFolder folder, Child simulator, TemporalServer temporal, Child worker) {
    this.setting = setting;
    this.folder = folder;
    this.simulator = simulator;
    this.temporal = temporal;
    this.worker = worker;
  }

  /**
   * Starts all of it, or nothing. Throws {@link BadInput} or {@link StackFailure} saying why not.
   */
  public static LocalStack start(Setting setting) {
    StateFolder folder = StateFolder.open(setting.folder());
    Undo undo = new Undo();
    undo.later(folder);
    try {
      for (int port : List.of(setting.port(), setting.uiPort())) {
        if (!Ports.isFree(port)) {
          throw new BadInput(
              "Port %d is taken: stop what listens there, or give other ports by --port and --ui-port."
                  .formatted(port));
        }
      }
      if (setting.fresh()) {
        folder.clear();
      }
      Child simulator = undo.later(simulator(setting, folder));
      TemporalServer temporal = undo.later(TemporalServer.start(setting.server(), folder));
      simulator.await("ready", PATIENCE);
      Child worker = undo.later(worker(setting, folder, simulator));
      worker.await("ready", PATIENCE);
      return new LocalStack(setting, folder, simulator, temporal, worker);
    } catch (RuntimeException failed) {
      undo.all();
      throw failed;
    }
  }

  private static Child simulator(Setting setting, StateFolder folder) {
    Path plan = Program.home().resolve("examples").resolve(PLAN);
    return Child.start(
        "simulator",
        Program.SIMULATOR.command(
            List.of(
                "--pace",
                String.valueOf(setting.pace()),
                "--plan",
                plan.toString(),
                "--local-plan",
                folder.file(PLAN).toString())),
        Map.of(),
        folder);
  }

  private static Child worker(Setting setting, StateFolder folder, Child simulator) {
    return Child.start(
        "worker",
        Program.WORKER.command(List.of()),
        workerEnvironment(
            setting.server().address(),
            setting.pace(),
            simulator.await("dns", PATIENCE),
            simulator.await("endpoint", PATIENCE)),
        folder);
  }

  /** What a worker is told that knows nothing but a stack of this machine. */
  static Map<String, String> workerEnvironment(
      String temporal, double pace, String dns, String endpoint) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("TEMPORAL_ADDRESS", temporal);
    environment.put("TEMPORAL_NAMESPACE", "default");
    environment.put("REKINDLE_PACE", String.valueOf(pace));
    environment.put("REKINDLE_PORT", "0");
    environment.put("REKINDLE_DNS", dns);
    environment.putAll(onlyTheSimulator(endpoint));
    return environment;
  }

  /** Whatever this shell knows of a real AWS is not for this worker. */
  private static Map<String, String> onlyTheSimulator(String endpoint) {
    Map<String, String> environment = new LinkedHashMap<>();
    System.getenv().keySet().stream()
        .filter(name -> name.startsWith("AWS_") || name.startsWith("TEMPORAL_TLS"))
        .forEach(name -> environment.put(name, ""));
    environment.put("AWS_ENDPOINT_URL", endpoint);
    environment.put("AWS_ACCESS_KEY_ID", "123456789012");
    environment.put("AWS_SECRET_ACCESS_KEY", "simulated");
    environment.put("AWS_REGION", "us-west-2");
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    return environment;
  }

  /** Removes all that a stack which is down has left in its folder. */
  public static void forget(Path folder) {
    try (StateFolder left = StateFolder.open(folder)) {
      left.clear();
    }
    StateFolder.remove(folder);
  }

  /** Where the Temporal server listens. */
  public String address() {
    return setting.server().address();
  }

  /** The server's web pages. */
  public String ui() {
    return setting.server().ui();
  }

  /** The plan of the application in the simulated AWS. */
  public Path plan() {
    return folder.file(PLAN);
  }

  /** Where the simulated AWS answers. */
  public URI simulator() {
    return URI.create(simulator.await("endpoint", PATIENCE));
  }

  /** Where the application's users go. */
  public URI site() {
    return URI.create(simulator.await("public", PATIENCE));
  }

  /** What this worker said about itself when it was ready. */
  public String readiness() {
    return worker.await("ready", PATIENCE);
  }

  public Path logs() {
    return folder.file("logs");
  }

  public long workerPid() {
    return worker.pid();
  }

  public void killWorker() {
    worker.kill();
  }

  public void startWorker() {
    worker = worker(setting, folder, simulator);
  }

  public void killTemporal() {
    temporal.kill();
  }

  /** On the same file. */
  public void startTemporal() {
    temporal = TemporalServer.start(setting.server(), folder);
  }

  /** What has died; nothing while all is well. */
  public List<Part> dead() {
    return List.of(Part.values()).stream().filter(part -> !isAlive(part)).toList();
  }

  /** A process of the stack. */
  public enum Part {
    SIMULATOR,
    TEMPORAL,
    WORKER
  }

  private boolean isAlive(Part part) {
    return switch (part) {
      case SIMULATOR -> simulator.isAlive();
      case TEMPORAL -> temporal.isAlive();
      case WORKER -> worker.isAlive();
    };
  }

  @Override
  public void close() {
    Undo undo = new Undo();
    undo.later(folder);
    undo.later(simulator);
    undo.later(temporal);
    undo.later(worker);
    undo.all();
  }
}
