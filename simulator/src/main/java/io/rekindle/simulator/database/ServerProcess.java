package io.rekindle.simulator.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server that ends with this process, however that ends. */
public record ServerProcess(Process process, Path log) {
  /**
   * When we die, the shell reads the end of its input and takes the server with it. It must outlive
   * the interrupt that a terminal sends to all of us.
   */
  private static final String WATCHED =
      """
      trap '' INT TERM HUP
      exec 3<&0
      "$@" </dev/null 3<&- &
      server=$!
      { cat; kill -%s $server; } <&3 >/dev/null &
      wait $server\
      """;

  /**
   * @param signal by which it ends at once
   */
  public static ServerProcess start(
      List<String> command, String signal, Map<String, String> environment, Path log)
      throws IOException {
    List<String> watched = new ArrayList<>(List.of("sh", "-c", WATCHED.formatted(signal), "sh"));
    watched.addAll(command);
    return new ServerProcess(starter(watched, environment, log).start(), log);
  }

  /** Something that says what it does into a log. */
  static ProcessBuilder starter(List<String> command, Map<String, String> environment, Path log) {
    ProcessBuilder starter = new ProcessBuilder(command);
    starter.environment().putAll(environment);
    return starter
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
  }

  static boolean isOfRoot() {
    return System.getProperty("user.name").equals("root");
  }

  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Stopped while a database server started.", stopped);
    }
  }

  static String lastOf(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public String said() throws IOException {
    return lastOf(log);
  }

  public void end() {
    try {
      process.getOutputStream().close();
      process.onExit().join();
    } catch (IOException gone) {
      process.destroyForcibly();
    }
  }
}
