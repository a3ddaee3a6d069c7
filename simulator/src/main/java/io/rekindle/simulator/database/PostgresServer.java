package io.rekindle.simulator.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A PostgreSQL server on the loopback address with a data folder of its own. It may be killed at
 * any time: what was committed has been given to the system, which outlives it.
 */
final class PostgresServer {
  /** Who looks after a server; RDS calls it so too, and nobody else may be it. */
  static final String ADMINISTRATOR = "rdsadmin";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int ATTEMPTS = 5;

  /** The line of its file that tells how far it is. */
  private static final int STATE = 7;

  private static final List<String> SMALL_AND_QUICK =
      Stream.of(
              "listen_addresses=127.0.0.1",
              "unix_socket_directories=",
              "shared_buffers=2MB",
              "wal_buffers=256kB",
              "min_wal_size=2MB",
              "max_wal_size=32MB",
              "wal_keep_size=64MB",
              "max_connections=60",
              "max_wal_senders=5",
              "max_worker_processes=0",
              "max_logical_replication_workers=0",
              "wal_retrieve_retry_interval=200ms",
              "autovacuum=off",
              "fsync=off",
              "jit=off")
          .flatMap(setting -> Stream.of("-c", setting))
          .toList();

  private final PostgresFiles files;
  private final String password;
  private final Path home;
  private ServerProcess process;
  private int port;

  private PostgresServer(PostgresFiles files, String password, Path home, List<String> settings)
      throws IOException {
    this.files = files;
    this.password = password;
    this.home = home;
    port = ServerProcess.freePort();
    process = begin(settings);
    awaitReady(settings);
  }

  /**
   * @param home where its data are
   * @param settings beyond those of all servers
   */
  static PostgresServer start(
      PostgresFiles files, String password, Path home, List<String> settings) throws IOException {
    return new PostgresServer(files, password, home, settings);
  }

  static Path data(Path home) {
    return home.resolve("data");
  }

  /**
   * PostgreSQL refuses to run as root. In a user namespace in which nobody is mapped, root is
   * nobody and still owns its files, wherever they are.
   *
   * @see <a href="https://man7.org/linux/man-pages/man7/user_namespaces.7.html">user_namespaces</a>
   */
  static List<String> unprivileged(List<String> command) {
    return ServerProcess.isOfRoot()
        ? Stream.concat(Stream.of("unshare", "--user"), command.stream()).toList()
        : command;
  }

  /** Again, after it was stopped. */
  void start(List<String> settings) throws IOException {
    port = ServerProcess.freePort();
    process = begin(settings);
    awaitReady(settings);
  }

  private ServerProcess begin(List<String> settings) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(files.program("postgres"), "-D", data(home).toString(), "-p", port + ""));
    command.addAll(SMALL_AND_QUICK);
    settings.forEach(setting -> command.addAll(List.of("-c", setting)));
    return ServerProcess.start(unprivileged(command), "QUIT", Map.of(), home.resolve("log"));
  }

  /** Another program may take a free port before it does. */
  private void awaitReady(List<String> settings) throws IOException {
    for (int attempt = 1; !isReady(); attempt++) {
      if (attempt == ATTEMPTS) {
        throw new IOException("PostgreSQL did not start: " + process.said());
      }
      port = ServerProcess.freePort();
      process = begin(settings);
    }
  }

  /** As its own control program finds out. */
  private boolean saysReady() throws IOException {
    try {
      List<String> lines = Files.readAllLines(data(home).resolve("postmaster.pid"));
      return lines.size() > STATE && lines.get(STATE).startsWith("ready");
    } catch (NoSuchFileException notYetOrNoMore) {
      return false;
    }
  }

  private boolean isReady() throws IOException {
    Instant until = Instant.now().plus(PATIENCE);
    while (process.isAlive()) {
      if (saysReady()) {
        return true;
      }
      if (Instant.now().isAfter(until)) {
        String said = process.said();
        stop();
        throw new IOException("PostgreSQL did not answer within " + PATIENCE + ": " + said);
      }
      ServerProcess.pause();
    }
    stop();
    return false;
  }

  int port() {
    return port;
  }

  Path home() {
    return home;
  }

  boolean isRunning() {
    return process.isAlive();
  }

  void stop() {
    process.end();
  }

  /** As the administrator. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", ADMINISTRATOR, password);
  }

  void run(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /**
   * @return empty for null
   */
  String ask(String query) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      String answer = row.getString(1);
      return answer == null ? "" : answer;
    }
  }
}
