package io.rekindle.starter.local;

import io.rekindle.starter.BadInput;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A Temporal server, a simulated AWS with an application in it, and a worker. */
public final class LocalStack implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** The certificate of the simulated AWS's authority. */
  static final String TRUST = "simulated-aws.pem";

  private final Setting setting;
  private final StateFolder folder;
  private final Undo undo;
  private final SimulatorPorts ports;
  private final Child simulator;
  private TemporalServer temporal;
  private Child worker;

  /**
   * @param example which application of the examples it has
   * @param fresh whether what an earlier stack left in the folder is forgotten
   * @param cli Temporal's own command line; empty for a server inside this process
   * @param pace what the durations of changes are multiplied by
   */
  public record Setting(
      String example,
      Path folder,
      boolean fresh,
      Optional<Path> cli,
      int port,
      int uiPort,
      double pace) {
    public static Path usualFolder() {
      return StateFolder.usual();
    }

    private String plan() {
      return example + ".yaml";
    }

    private TemporalServer.Setting server() {
      return new TemporalServer.Setting(cli, port, uiPort);
    }
  }

  private LocalStack(
      Setting setting,
      StateFolder folder,
      Undo undo,
      SimulatorPorts ports,
      Child simulator,
      TemporalServer temporal,
      Child worker) {
    this.setting = setting;
    this.folder = folder;
    this.undo = undo;
    this.ports = ports;
    this.simulator = simulator;
    this.temporal = temporal;
    this.worker = worker;
  }

  /**
   * Starts all of it, or nothing. Throws {@link BadInput} or {@link StackFailure} saying why not.
   * When this process ends, so does all of it.
   */
  public static LocalStack start(Setting setting) {
    return start(() -> StateFolder.open(setting.folder()), opened -> setting);
  }

  /** The same, for one demonstration: in a folder and on ports that nobody uses. */
  public static LocalStack aside(String example, Optional<Path> cli, double pace) {
    return start(
        DemoFolders::claim,
        claimed ->
            new Setting(example, claimed.path(), true, cli, Ports.free(), Ports.free(), pace));
  }

  private static LocalStack start(
      Supplier<StateFolder> open, Function<StateFolder, Setting> settings) {
    Undo undo = new Undo();
    try {
      StateFolder folder = undo.begin(open);
      Setting setting = settings.apply(folder);
      for (int port : List.of(setting.port(), setting.uiPort())) {
        if (!Ports.isFree(port)) {
          throw new BadInput(
              "Port %d is taken: stop what listens there, or set --port and --ui-port."
                  .formatted(port));
        }
      }
      if (setting.fresh()) {
        folder.clear();
      }
      SimulatorPorts ports = new SimulatorPorts(Ports.free(), Ports.free());
      Child simulator = undo.begin(() -> simulator(setting, ports, folder));
      TemporalServer temporal = undo.begin(() -> TemporalServer.begin(setting.server(), folder));
      temporal.awaitReady();
      simulator.await("trust", PATIENCE);
      Child worker = undo.begin(() -> worker(setting, ports, folder));
      simulator.await("ready", PATIENCE);
      worker.await("ready", PATIENCE);
      return new LocalStack(setting, folder, undo, ports, simulator, temporal, worker);
    } catch (RuntimeException failed) {
      undo.close();
      throw failed;
    }
  }

  /** Chosen beforehand, so that the worker need not wait for the simulator before it starts. */
  private record SimulatorPorts(int aws, int dns) {
    String endpoint() {
      return "http://127.0.0.1:" + aws;
    }

    String nameServer() {
      return "127.0.0.1:" + dns;
    }
  }

  private static Child simulator(Setting setting, SimulatorPorts ports, StateFolder folder) {
    Path plan = Program.home().resolve("examples").resolve(setting.plan());
    return Child.start(
        "simulator",
        Program.SIMULATOR.command(
            List.of(
                "--example",
                setting.example(),
                "--port",
                String.valueOf(ports.aws()),
                "--dns-port",
                String.valueOf(ports.dns()),
                "--pace",
                String.valueOf(setting.pace()),
                "--trust",
                folder.file(TRUST).toString(),
                "--plan",
                plan.toString(),
                "--local-plan",
                folder.file(setting.plan()).toString())),
        Map.of(),
        folder);
  }

  private static Child worker(Setting setting, SimulatorPorts ports, StateFolder folder) {
    Map<String, String> environment =
        workerEnvironment(
            setting.server().address(),
            setting.pace(),
            new Aws(ports.endpoint(), ports.nameServer(), folder.file(TRUST)));
    return Child.start("worker", Program.WORKER.command(List.of()), environment, folder);
  }

  /**
   * A simulated AWS, as a worker has to know it.
   *
   * @param trust the certificate of its authority
   */
  record Aws(String endpoint, String nameServer, Path trust) {}

  /** What a worker is told that knows nothing but a stack of this machine. */
  static Map<String, String> workerEnvironment(String temporal, double pace, Aws aws) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("TEMPORAL_ADDRESS", temporal);
    environment.put("TEMPORAL_NAMESPACE", "default");
    environment.put("REKINDLE_PACE", String.valueOf(pace));
    environment.put("REKINDLE_PORT", "0");
    environment.put("REKINDLE_DNS", aws.nameServer());
    environment.put("REKINDLE_TRUST", aws.trust().toString());
    environment.putAll(onlyTheSimulator(aws.endpoint()));
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

  /** Where the Temporal server listens. */
  public String address() {
    return setting.server().address();
  }

  /** The server's web pages, where it has any. */
  public String ui() {
    return setting.server().ui();
  }

  /** Whether the server has a process and a file of its own, so that it may be killed. */
  public boolean isServerReal() {
    return setting.cli().isPresent();
  }

  /** The plan of the application in the simulated AWS. */
  public Path plan() {
    return folder.file(setting.plan());
  }

  /** Where the simulated AWS answers. */
  public URI simulator() {
    return URI.create(ports.endpoint());
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
    worker = undo.begin(() -> worker(setting, ports, folder));
  }

  public void killTemporal() {
    temporal.kill();
  }

  /** On the same file. */
  public void startTemporal() {
    temporal = undo.begin(() -> TemporalServer.begin(setting.server(), folder));
    temporal.awaitReady();
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
    undo.close();
  }
}
