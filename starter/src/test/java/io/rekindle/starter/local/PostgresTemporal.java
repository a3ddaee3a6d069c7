package io.rekindle.starter.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A Temporal server on PostgreSQL, as the containers run it, made of what this machine has: the
 * system's PostgreSQL, and Go modules that are built once for each version.
 */
final class PostgresTemporal implements LastingTemporal {
  private static final String VERSION = "1.29.1";
  private static final List<String> MODULES =
      List.of(
          "go.temporal.io/server/cmd/server@v" + VERSION,
          "go.temporal.io/server/cmd/tools/sql@v" + VERSION);
  private static final Path ROOT = Program.home();

  private final Path folder;
  private final Path initdb = OfThisMachine.postgres("initdb");
  private final Path pgCtl = OfThisMachine.postgres("pg_ctl");
  private final Path cli = LastingTemporal.cliOfThisMachine();
  private final Path binaries = UserFolder.CACHE.path().resolve("rekindle/temporal-" + VERSION);
  private final int databasePort = Ports.free();
  private final int port = Ports.free();
  private Optional<Process> server = Optional.empty();

  /** Makes nothing yet. */
  PostgresTemporal(Path folder) {
    this.folder = folder;
  }

  @Override
  public String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public Path cli() {
    return cli;
  }

  void build() {
    for (String module : MODULES) {
      String name = module.substring(module.lastIndexOf('/') + 1, module.indexOf('@'));
      if (!Files.isExecutable(binaries.resolve(name))) {
        run(Map.of("GOBIN", binaries.toString()), "go", "install", module);
      }
    }
  }

  void startDatabase() {
    Path data = folder.resolve("data");
    asPostgres("mkdir -p '%s'".formatted(data));
    asPostgres("'%s' -D '%s' -U temporal -A trust".formatted(initdb, data));
    postgres("start");
  }

  /** As if its machine had failed. */
  void restartDatabase() {
    postgres("stop");
    postgres("start");
  }

  private void postgres(String command) {
    Path data = folder.resolve("data");
    asPostgres(
        "'%s' -D '%s' -o '-p %d -k %s -h 127.0.0.1' -l '%s/log' -m immediate -w %s"
            .formatted(pgCtl, data, databasePort, data, data, command));
  }

  /** PostgreSQL refuses to run as root. */
  private void asPostgres(String command) {
    if (System.getProperty("user.name").equals("root")) {
      run(Map.of(), "chown", "-R", "postgres", folder.toString());
      run(Map.of(), "su", "postgres", "-c", command);
    } else {
      run(Map.of(), "sh", "-c", command);
    }
  }

  String script(String name) {
    return run(
        Map.of(
            "SQL_HOST", "127.0.0.1",
            "SQL_PORT", String.valueOf(databasePort),
            "SQL_USER", "temporal",
            "SQL_PASSWORD", "temporal",
            "SQL_TOOL", binaries.resolve("sql").toString(),
            "TEMPORAL_ADDRESS", address(),
            "TEMPORAL_CLI", cli.toString()),
        ROOT.resolve("compose").resolve(name).toString());
  }

  void start() {
    try {
      Path config = Files.createDirectories(folder.resolve("config"));
      Files.writeString(config.resolve("development.yaml"), config());
      keepRunning();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /**
   * As {@code restart: unless-stopped} does: a server that finds no database, or its own front not
   * healthy in time, ends, and relies on being started again.
   */
  private synchronized void keepRunning() throws IOException {
    Process started = process();
    server = Optional.of(started);
    started.onExit().thenAccept(this::startUnlessStopped);
  }

  private synchronized void startUnlessStopped(Process ended) {
    if (server.filter(ended::equals).isEmpty()) {
      return;
    }
    try {
      System.err.println("The Temporal server ended by itself; its last words:\n" + lastWords());
      keepRunning();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private String lastWords() throws IOException {
    List<String> said = Files.readAllLines(folder.resolve("server.log"));
    return String.join("\n", said.subList(Math.max(0, said.size() - 20), said.size()));
  }

  private Process process() throws IOException {
    return new ProcessBuilder(
            binaries.resolve("server").toString(),
            "--root",
            folder.toString(),
            "--config",
            "config",
            "--env",
            "development",
            "start")
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(folder.resolve("server.log").toFile()))
        .start();
  }

  private String config() {
    return """
    log: { stdout: true, level: warn }
    persistence:
      numHistoryShards: 4
      defaultStore: default
      visibilityStore: visibility
      datastores:
        default: { sql: %s }
        visibility: { sql: %s }
    global: { membership: { maxJoinDuration: 30s, broadcastAddress: 127.0.0.1 } }
    services:
      frontend: { rpc: { grpcPort: %d, membershipPort: %d, bindOnIP: 127.0.0.1 } }
      matching: { rpc: { grpcPort: %d, membershipPort: %d, bindOnIP: 127.0.0.1 } }
      history: { rpc: { grpcPort: %d, membershipPort: %d, bindOnIP: 127.0.0.1 } }
      worker: { rpc: { grpcPort: %d, membershipPort: %d, bindOnIP: 127.0.0.1 } }
    clusterMetadata:
      enableGlobalNamespace: false
      failoverVersionIncrement: 10
      masterClusterName: active
      currentClusterName: active
      clusterInformation:
        active: { enabled: true, initialFailoverVersion: 1, rpcName: frontend, rpcAddress: "%s" }
    publicClient: { hostPort: "%s" }
    dynamicConfigClient: { filepath: "%s", pollInterval: 60s }
    """
        .formatted(
            database("temporal"),
            database("temporal_visibility"),
            port,
            Ports.free(),
            Ports.free(),
            Ports.free(),
            Ports.free(),
            Ports.free(),
            Ports.free(),
            Ports.free(),
            address(),
            address(),
            ROOT.resolve("compose/dynamicconfig.yaml"));
  }

  private String database(String name) {
    return """
    { pluginName: postgres12, databaseName: %s, connectAddr: "127.0.0.1:%d", connectProtocol: tcp, \
    user: temporal, password: temporal, maxConns: 20, maxIdleConns: 20, maxConnLifetime: 1h }\
    """
        .formatted(name, databasePort);
  }

  private static String run(Map<String, String> environment, String... command) {
    try {
      Path said = Files.createTempFile("said", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(new ArrayList<>(List.of(command)))
              .redirectErrorStream(true)
              .redirectOutput(said.toFile());
      builder.environment().putAll(new HashMap<>(environment));
      Process process = builder.start();
      boolean ended = process.waitFor(15, TimeUnit.MINUTES);
      String words = Files.readString(said);
      Files.delete(said);
      if (!ended || process.exitValue() != 0) {
        throw new IllegalStateException(String.join(" ", command) + "\n" + words);
      }
      return words;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException stop) {
      throw new IllegalStateException(stop);
    }
  }

  @Override
  public void kill() {
    stopped().ifPresent(process -> process.destroyForcibly().onExit().join());
  }

  /** From here on its end is wanted. */
  private synchronized Optional<Process> stopped() {
    Optional<Process> running = server;
    server = Optional.empty();
    return running;
  }

  /** Nobody asked it to. */
  void endByItself() {
    server.ifPresent(Process::destroyForcibly);
  }

  @Override
  public void startAgain() {
    start();
    script("namespace.sh");
  }

  @Override
  public void close() {
    kill();
    postgres("stop");
    run(Map.of(), "rm", "-rf", folder.toString());
  }
}
