package io.rekindle.action.aws.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A server of the system's PostgreSQL; where there is none, the test is left out and says so. */
record PostgresServer(Path folder, Path programs, int port) implements AutoCloseable {
  private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
  static final String USER = "admin";

  static PostgresServer start() throws IOException {
    Path programs = installed();
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path folder = Files.createTempDirectory("rekindle-postgres");
      PostgresServer server = new PostgresServer(folder, programs, socket.getLocalPort());
      socket.close();
      server.run(
          "'%s/initdb' -D '%s/data' -U %s -A trust -E UTF8".formatted(programs, folder, USER));
      server.control("start");
      return server;
    }
  }

  private static Path installed() throws IOException {
    if (Files.isDirectory(INSTALLED)) {
      try (Stream<Path> versions = Files.list(INSTALLED)) {
        return versions.sorted().toList().getLast().resolve("bin");
      }
    }
    return abort("There is no PostgreSQL on this machine: apt-get install postgresql");
  }

  private void control(String command) throws IOException {
    run(
        "'%s/pg_ctl' -D '%s/data' -o '-p %d -k %s -h 127.0.0.1 -F' -l '%s/log' -m immediate -w %s"
            .formatted(programs, folder, port, folder, folder, command));
  }

  /** PostgreSQL refuses to run as root. */
  void run(String command) throws IOException {
    if (System.getProperty("user.name").equals("root")) {
      shell("chown", "-R", "postgres", folder.toString());
      shell("su", "postgres", "-c", command);
    } else {
      shell("sh", "-c", command);
    }
  }

  private static void shell(String... command) throws IOException {
    Path said = Files.createTempFile("rekindle-postgres", ".out");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + Files.readString(said, UTF_8));
    }
    Files.delete(said);
  }

  /** As a person would take a copy to another server. */
  void copy(String from, String to) throws IOException {
    run(
        "'%s/pg_dump' -h 127.0.0.1 -p %d -U %s --inserts %s | '%s/psql' -q -v ON_ERROR_STOP=1 -h 127.0.0.1 -p %d -U %s %s"
            .formatted(programs, port, USER, from, programs, port, USER, to));
  }

  @Override
  public void close() throws IOException {
    control("stop");
    shell("rm", "-rf", folder.toString());
  }
}
