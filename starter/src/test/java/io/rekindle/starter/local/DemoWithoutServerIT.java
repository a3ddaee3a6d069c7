package io.rekindle.starter.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.starter.ExitCode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where no real Temporal server is to be had: no command line of Temporal, no Go, no network. */
@Tag("sweep")
class DemoWithoutServerIT {
  private static final List<String> NO_NETWORK =
      List.of("-Dio.temporal.testing.devServerDownloadBaseUrl=http://127.0.0.1:1");

  @TempDir private Path folder;

  private Launched launch(String command) throws Exception {
    return launch(command, pathWithoutServer());
  }

  private Launched launch(String command, String path) throws Exception {
    return Launched.launch(
        folder,
        Map.of(
            "PATH",
            path,
            "REKINDLE_TEMPORAL_CLI",
            "",
            "XDG_CACHE_HOME",
            folder.resolve("cache").toString(),
            "XDG_STATE_HOME",
            folder.resolve("state").toString()),
        NO_NETWORK,
        List.of(command));
  }

  private static String pathWithoutServer() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .filter(folder -> Files.notExists(Path.of(folder, "go")))
        .filter(folder -> Files.notExists(Path.of(folder, "temporal")))
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Test
  void theDemonstrationUsesTheEmbeddedOneAndSaysWhatThatCannotShow() throws Exception {
    try (Launched demo = launch("demo")) {
      assertThat(demo.exitCode(Duration.ofMinutes(5)))
          .as(demo.toString())
          .isEqualTo(ExitCode.DONE.code());

      assertThat(demo.complained())
          .contains("no Temporal server found: --temporal-cli and")
          .contains("the download failed: ");
      assertThat(demo.said())
          .startsWith("The demonstration uses the embedded server of Temporal's tests")
          .contains("no web pages", "the server is not killed", "kill -9: worker")
          .doesNotContain("the Temporal server is dead")
          .contains("repeated changes: 0\n")
          .endsWith("RECOVERED\n");
    }
  }

  @Test
  void aStackThatStaysIsNotStarted() throws Exception {
    try (Launched up = launch("up")) {
      assertThat(up.exitCode(Duration.ofMinutes(1))).isEqualTo(ExitCode.FAILED.code());
      assertThat(up.complained())
          .endsWith(
              "`rekindle up` needs a real Temporal server: install Temporal's command line or Go,"
                  + " or set --temporal-cli. `rekindle demo` works without.\n");
    }
  }

  @Test
  void nothingIsLeftOfABuildThatFails() throws Exception {
    try (Launched up = launch("up", pathWithGo("echo no modules; exit 1"))) {
      assertThat(up.exitCode(Duration.ofMinutes(1))).isEqualTo(ExitCode.FAILED.code());
      assertThat(up.complained()).contains("did not build it: no modules\n");
      assertThat(halfBuilt()).isEmpty();
    }
  }

  @Test
  void nothingIsLeftOfABuildThatIsInterrupted() throws Exception {
    try (Launched up = launch("up", pathWithGo("touch $GOBIN/half; sleep 600"))) {
      List<ProcessHandle> build = up.awaitsDescendants(2);

      up.signal("INT");

      assertThat(up.exitCode(Launched.AT_ONCE)).isGreaterThan(128);
      Launched.areGone(build);
      assertThat(up.complained()).endsWith("with Go, once; it takes minutes\n");
      assertThat(halfBuilt()).isEmpty();
    }
  }

  private String pathWithGo(String script) throws Exception {
    Path go = Files.createDirectories(folder.resolve("bin")).resolve("go");
    Files.writeString(go, "#!/bin/sh\n" + script + "\n");
    assertThat(go.toFile().setExecutable(true)).isTrue();
    return go.getParent() + File.pathSeparator + pathWithoutServer();
  }

  private List<Path> halfBuilt() throws Exception {
    try (Stream<Path> kept = Files.list(folder.resolve("cache/rekindle"))) {
      return kept.filter(each -> each.getFileName().toString().startsWith("temporal-1")).toList();
    }
  }
}
