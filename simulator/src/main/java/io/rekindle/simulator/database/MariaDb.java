package io.rekindle.simulator.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A MariaDB server on the loopback address that ends with this process, however that ends. */
final class MariaDb implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> TABLES =
      List.of(
          "mariadb_system_tables.sql",
          "mariadb_performance_tables.sql",
          "mariadb_system_tables_data.sql");

  /**
   * When we die, the shell reads the end of its input and takes the server with it. It must outlive
   * the interrupt that a terminal sends to all of us.
   */
  private static final String WATCHED =
      "trap '' INT TERM HUP; \"$@\" </dev/null & cat >/dev/null; kill -9 $!; wait";

  private final Process process;
  private final Path data;
  private final int port;
  private final String password = UUID.randomUUID().toString();

  private MariaDb(Process process, Path data, int port) {
    this.process = process;
    this.data = data;
    this.port = port;
  }

  static MariaDb start(ServerFiles files) throws IOException {
    Path data = DataFolder.create();
    createTables(files, data);
    int port = freePort();
    List<String> command = new ArrayList<>(List.of("sh", "-c", WATCHED, "sh"));
    command.addAll(server(files, data));
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
    MariaDb server = new MariaDb(starter(files, data, command).start(), data, port);
    server.awaitAndLock();
    return server;
  }

  private static void createTables(ServerFiles files, Path data) throws IOException {
    List<String> command = new ArrayList<>(server(files, data));
    command.add("--bootstrap");
    Process bootstrap = starter(files, data, command).start();
    try (var in = bootstrap.getOutputStream()) {
      in.write("create database mysql;\nuse mysql;\n".getBytes(UTF_8));
      for (String script : TABLES) {
        Files.copy(files.share().resolve(script), in);
      }
    }
    if (bootstrap.onExit().join().exitValue() != 0) {
      throw new IOException("MariaDB could not create its tables: " + log(data));
    }
  }

  private static List<String> server(ServerFiles files, Path data) {
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
    if (System.getProperty("user.name").equals("root")) {
      command.add("--user=root");
    }
    return command;
  }

  private static ProcessBuilder starter(ServerFiles files, Path data, List<String> command) {
    ProcessBuilder starter = new ProcessBuilder(command);
    files
        .libraries()
        .ifPresent(libraries -> starter.environment().put("LD_LIBRARY_PATH", libraries.toString()));
    return starter
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolve("log").toFile()));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
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
          String log = log(data);
          close();
          throw new IOException("MariaDB did not answer within " + PATIENCE + ": " + log, notYet);
        }
      }
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(50);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Stopped while MariaDB started.", stopped);
    }
  }

  private static String log(Path data) throws IOException {
    List<String> lines = Files.readAllLines(data.resolve("log"));
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      process.onExit().join();
      DataFolder.remove(data);
    } catch (IOException gone) {
      process.destroyForcibly();
    }
  }
}
