package io.rekindle.starter.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.starter.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stack leaves behind, however it ends: nothing, or what the next one ends. */
@Tag("sweep")
class LocalStackIT {
  private static final String READY = "Ctrl-C stops everything.";

  @TempDir private Path folder;
  private int port;
  private int uiPort;
  private List<ProcessHandle> left = List.of();

  @BeforeEach
  void choosePorts() {
    port = Ports.free();
    uiPort = Ports.free();
  }

  @AfterEach
  void endWhatWasLeft() {
    left.forEach(ProcessHandle::destroyForcibly);
  }

  private Launched up() throws IOException {
    return launch(
        "up",
        "--dir",
        folder.resolve("stack").toString(),
        "--port",
        String.valueOf(port),
        "--ui-port",
        String.valueOf(uiPort));
  }

  private Launched launch(String... arguments) throws IOException {
    return Launched.launch(folder, ownState(), List.of(), List.of(arguments));
  }

  private Map<String, String> ownState() {
    return Map.of("XDG_STATE_HOME", folder.resolve("state").toString());
  }

  private void portsAreFree() {
    assertThat(Ports.isFree(port) && Ports.isFree(uiPort)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void aSignalEndsAllOfItQuietly(String signal) throws Exception {
    try (Launched up = up().awaits(READY)) {
      assertThat(up.children()).hasSize(3);
      List<ProcessHandle> all = up.descendants();

      up.signal(signal);

      assertThat(up.exitCode(Launched.AT_ONCE)).isGreaterThan(128);
      Launched.areGone(all);
      portsAreFree();
      assertThat(up.said()).endsWith(READY + "\n");
      assertThat(up.complained()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6})
  void aSignalEndsWhatHasJustBegun(int processes) throws Exception {
    try (Launched up = up()) {
      List<ProcessHandle> begun = up.awaitsDescendants(processes);

      up.signal("INT");

      assertThat(up.exitCode(Launched.AT_ONCE)).isGreaterThan(128);
      Launched.areGone(begun);
      portsAreFree();
      assertThat(up.complained()).isEmpty();
    }
  }

  /** Ctrl-C reaches every process of the terminal, and the stack sees its worker and server die. */
  @Test
  void nothingIsStartedAgainWhileItEnds() throws Exception {
    try (Launched up = up().awaits(READY)) {
      List<ProcessHandle> all = up.descendants();
      up.children().forEach(ProcessHandle::destroy);

      up.signal("INT");

      assertThat(up.exitCode(Launched.AT_ONCE)).isGreaterThan(128);
      Launched.areGone(all);
      portsAreFree();
      assertThat(up.complained()).isEmpty();
    }
  }

  @Test
  void theNextOneEndsWhatAKilledOneLeft() throws Exception {
    try (Launched killed = up().awaits(READY)) {
      left = killed.descendants();
      killed.signal("KILL");
      killed.exitCode(Launched.AT_ONCE);
    }
    assertThat(left).hasSizeGreaterThanOrEqualTo(3).allMatch(ProcessHandle::isAlive);

    try (Launched next = up().awaits(READY)) {
      Launched.areGone(left);
      assertThat(next.children()).hasSize(3);
      next.signal("TERM");
      next.exitCode(Launched.AT_ONCE);
    }
  }

  @Test
  void aSecondOneOnTheSameFolderIsRefused() throws Exception {
    try (Launched first = up().awaits(READY);
        Launched second = up()) {
      assertThat(second.exitCode(Duration.ofMinutes(1))).isEqualTo(ExitCode.BAD_INPUT.code());
      assertThat(second.complained())
          .isEqualTo(
              "Another stack uses %s. Stop it (Ctrl-C where it runs), or set --dir.\n"
                  .formatted(folder.resolve("stack")));
      assertThat(first.children()).hasSize(3).allMatch(ProcessHandle::isAlive);
    }
  }

  @Test
  void whatAKilledDemonstrationLeftIsEndedByWhateverComesNext() throws Exception {
    try (Launched demo = launch("demo").awaits("approved, by a signal")) {
      left = demo.descendants();
      demo.signal("KILL");
      demo.exitCode(Launched.AT_ONCE);
    }
    assertThat(left).hasSizeGreaterThanOrEqualTo(3).allMatch(ProcessHandle::isAlive);

    try (Launched next = up()) {
      next.awaitsDescendants(1);
      Launched.areGone(left);
    }
  }

  @Test
  void aRunningDemonstrationIsLeftAlone() throws Exception {
    try (Launched first = launch("demo").awaits("approved, by a signal");
        Launched second = launch("demo").awaits("it asks")) {
      assertThat(second.children()).hasSize(3);
      assertThat(first.process().isAlive()).as(first.toString()).isTrue();
      try (Stream<Path> folders = Files.list(folder.resolve("state/rekindle-demo"))) {
        assertThat(folders.map(each -> each.getFileName().toString()))
            .containsExactlyInAnyOrder("1", "2");
      }
    }
  }
}
