package io.rekindle.simulator.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A MariaDB server on the loopback address, which all MariaDB instances share. */
final class MariaDbServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> TABLES =
      List.of(
          "mariadb_system_tables.sql",
          "mariadb_performance_tables.sql",
          "mariadb_system_tables_data.sql");

  private final ServerProcess process;
  private final Path data;
  private final int port;
  private final String password = UUID.randomUUID().toString();

  private MariaDbServer(ServerProcess process, Path data, int port) {
    this.process = process;
    this.data = data;
    this.port = port;
  }

  static MariaDbServer start(MariaDbFiles files) throws IOException {
    Path data = DataFolder.create("mariadb");
    Files.createDirectory(data.resolve("data"));
    createTables(files, data);
    int port = ServerProcess.freePort();
    List<String> command = new ArrayList<>(server(files, data));
    command.addAll(
        List.of(
            "--bind-address=127.0.0.1",
            "--port=" + port,
            "--socket=" + data.resolve("socket"),
            "--pid-file=" + data.resolve("pid"),
            "--skip-ssl",
            "--skip-name-resolve",
            "--performance-schema=off",
            "--key-buffer-size=1M",
            "--aria-pagecache-buffer-size=1M",
            "--innodb-flush-log-at-trx-commit=0"));
    ServerProcess process =
        ServerProcess.start(command, "KILL", libraries(files), data.resolve("log"));
    MariaDbServer server = new MariaDbServer(process, data, port);
    server.awaitAndLock();
    return server;
  }

  private static void createTables(MariaDbFiles files, Path data) throws IOException {
    List<String> command = new ArrayList<>(server(files, data));
    command.add("--bootstrap");
    Path log = data.resolve("log");
    Process bootstrap = ServerProcess.starter(command, libraries(files), log).start();
    try (var in = bootstrap.getOutputStream()) {
      in.write("create database mysql;\nuse mysql;\n".getBytes(UTF_8));
      for (String script : TABLES) {
        Files.copy(files.share().resolve(script), in);
      }
    }
    if (bootstrap.onExit().join().exitValue() != 0) {
      throw new IOException("MariaDB could not create its tables: " + ServerProcess.lastOf(log));
    }
  }

  private static List<String> server(MariaDbFiles files, Path data) {
    List<String> command =
        new ArrayList<>(
            List.of(
                files.server().toString(),
                "--no-defaults",
                "--datadir=" + data.resolve("data"),
                "--lc-messages-dir=" + files.share(),
                "--character-sets-dir=" + files.share().resolve("charsets"),
                "--innodb-log-file-size=4M",
                "--innodb-buffer-pool-size=8M",
                "--innodb-undo-tablespaces=0",
                "--innodb-doublewrite=0"));
    if (ServerProcess.isOfRoot()) {
      command.add("--user=root");
    }
    return command;
  }

  private static Map<String, String> libraries(MariaDbFiles files) {
    return files
        .libraries()
        .map(libraries -> Map.of("LD_LIBRARY_PATH", libraries.toString()))
        .orElseGet(Map::of);
  }

  int port() {
    return port;
  }

  Connection connect() throws SQLException {
    return connect(password);
  }

  private Connection connect(String with) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://127.0.0.1:" + port + "/?user=root&password=" + with);
  }

  /** Waits until it answers, and gives its administrator a password. */
  private void awaitAndLock() throws IOException {
    Instant until = Instant.now().plus(PATIENCE);
    while (true) {
      try (Connection connection = connect("");
          var statement = connection.createStatement()) {
        statement.execute("drop user root@localhost");
        statement.execute("set password = password('" + password + "')");
        return;
      } catch (SQLException notYet) {
        if (Instant.now().isAfter(until)) {
          String log = process.said();
          close();
          throw new IOException("MariaDB did not answer within " + PATIENCE + ": " + log, notYet);
        }
      }
      ServerProcess.pause();
    }
  }

  @Override
  public void close() throws IOException {
    process.end();
    DataFolder.remove(data);
  }
}
