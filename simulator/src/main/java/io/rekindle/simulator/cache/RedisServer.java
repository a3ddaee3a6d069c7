package io.rekindle.simulator.cache;

import io.rekindle.simulator.database.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real Redis of this machine, without files and without TLS, which ends with this process. */
record RedisServer(ServerProcess process, int port, Path log) {
  private static final String PROGRAM = "redis-server";
  private static final String SIGNAL = "TERM";

  /** Where the machine has it; empty where it does not. */
  static Optional<Path> program() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder).resolve(PROGRAM))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static RedisServer start(Path program) throws IOException {
    int port = ServerProcess.freePort();
    Path log = Files.createTempFile("rekindle-redis", ".log");
    ServerProcess process =
        ServerProcess.start(
            List.of(
                program.toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--save",
                "",
                "--appendonly",
                "no",
                "--dir",
                System.getProperty("java.io.tmpdir")),
            SIGNAL,
            Map.of(),
            log);
    RedisServer server = new RedisServer(process, port, log);
    server.awaitAnswer();
    return server;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private void awaitAnswer() throws IOException {
    while (!answers()) {
      if (!process.isAlive()) {
        String said = process.said();
        end();
        throw new IOException("redis-server ended before it listened: " + said);
      }
      ServerProcess.pause();
    }
  }

  private boolean answers() {
    try (Socket socket = new Socket()) {
      socket.connect(address());
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  void end() throws IOException {
    process.end();
    Files.deleteIfExists(log);
  }
}
