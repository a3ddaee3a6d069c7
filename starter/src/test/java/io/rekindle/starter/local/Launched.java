package io.rekindle.starter.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.starter.CommandFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line in a process of its own, as a person starts it. */
record Launched(Process process, Path out, Path err) implements AutoCloseable {
  static final Duration AT_ONCE = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** What a shell runs in the background ignores Ctrl-C, and so would all that it starts. */
  private static final List<String> HEEDS_CTRL_C =
      List.of("perl", "-e", "$SIG{INT} = 'DEFAULT'; exec @ARGV");

  /**
   * @param environment what is added to ours; an empty value takes a variable away
   * @param properties of the JVM
   */
  static Launched launch(
      Path folder, Map<String, String> environment, List<String> properties, List<String> arguments)
      throws IOException {
    Path app = CommandFixture.ROOT.resolve("starter/target/app");
    List<String> command = new ArrayList<>(HEEDS_CTRL_C);
    command.addAll(Program.java());
    command.addAll(List.of("-Drekindle.home=" + CommandFixture.ROOT, "-Drekindle.apps=target/app"));
    command.addAll(properties);
    command.addAll(
        List.of(
            "-cp",
            app.resolve("rekindle.jar") + ":" + app.resolve("libs") + "/*",
            "io.rekindle.starter.Main"));
    command.addAll(arguments);
    Files.createDirectories(folder);
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    Child.adapt(builder.environment(), environment);
    return new Launched(builder.start(), out, err);
  }

  String said() {
    return read(out);
  }

  String complained() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  /** Until it has said this. */
  Launched awaits(String words) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!said().contains(words)) {
      assertThat(process.isAlive()).as("it lives, and says %s: %s", words, this).isTrue();
      assertThat(Instant.now()).as("it says %s: %s", words, this).isBefore(end);
      Child.sleep();
    }
    return this;
  }

  /** Until it has started so many processes, and they others. */
  List<ProcessHandle> awaitsDescendants(int number) {
    Instant end = Instant.now().plus(PATIENCE);
    while (process.descendants().count() < number) {
      assertThat(Instant.now()).as("it has children: %s", this).isBefore(end);
      assertThat(process.isAlive()).as("it lives: %s", this).isTrue();
    }
    return descendants();
  }

  List<ProcessHandle> children() {
    return process.children().toList();
  }

  /** Its children, and the databases of the simulated AWS. */
  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  /** Those that were killed need a moment. */
  static void areGone(List<ProcessHandle> processes) {
    Instant end = Instant.now().plus(AT_ONCE);
    while (processes.stream().anyMatch(ProcessHandle::isAlive) && Instant.now().isBefore(end)) {
      Child.sleep();
    }
    assertThat(processes).noneMatch(ProcessHandle::isAlive);
  }

  void signal(String name) throws IOException, InterruptedException {
    String pid = String.valueOf(process.pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }

  int exitCode(Duration patience) throws InterruptedException {
    assertThat(process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS))
        .as("it ends within %s: %s", patience, this)
        .isTrue();
    return process.exitValue();
  }

  @Override
  public String toString() {
    return said() + complained();
  }

  @Override
  public void close() {
    descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }
}
