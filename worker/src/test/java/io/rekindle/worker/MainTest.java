package io.rekindle.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.testserver.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The process: what it prints, and how it ends. */
class MainTest {
  private static Process worker(Map<String, String> environment, String... arguments)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    builder.command().addAll(List.of(arguments));
    builder.environment().put("REKINDLE_PORT", "0");
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static String errors(Process worker) throws IOException {
    return new String(worker.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void saysOneLineWhenReadyAndEndsWellWhenToldToStop() throws Exception {
    int port = ServerUnderTest.freePort();
    try (TestServer.PortBoundTestServer server = TestServer.createPortBoundServer(port, true)) {
      Process worker = worker(Map.of("TEMPORAL_ADDRESS", "127.0.0.1:" + port));
      try (BufferedReader lines = worker.inputReader(StandardCharsets.UTF_8)) {
        assertThat(lines.readLine())
            .matches(
                "ready: polling rekindle on 127.0.0.1:%d, namespace default, health on http://127.0.0.1:[1-9][0-9]*/health"
                    .formatted(port));
        worker.toHandle().destroy();
        assertThat(lines.readLine()).isNull();
        assertThat(worker.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(worker.exitValue()).isZero();
      } finally {
        worker.destroyForcibly();
      }
    }
  }

  @Test
  void refusesInOneSentenceWithoutAServer() throws Exception {
    int port = ServerUnderTest.freePort();
    Process worker =
        worker(
            Map.of("TEMPORAL_ADDRESS", "127.0.0.1:" + port, "REKINDLE_PATIENCE", "1s"), "--create");
    assertThat(errors(worker))
        .contains("No Temporal server answered at 127.0.0.1:" + port)
        .doesNotContain("\tat ");
    assertThat(worker.waitFor()).isEqualTo(3);
  }

  @Test
  void refusesASettingThatCannotBeRead() throws Exception {
    Process worker = worker(Map.of("REKINDLE_PORT", "many"));
    assertThat(errors(worker)).contains("A setting is wrong", "many").doesNotContain("\tat ");
    assertThat(worker.waitFor()).isEqualTo(2);
  }
}
