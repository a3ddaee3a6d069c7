package io.rekindle.starter;

import static io.rekindle.starter.CommandFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a person uses it: a real process, a real build, from anywhere. */
class LauncherIT {
  private static final Path LAUNCHER = ROOT.resolve("rekindle");

  @TempDir Path elsewhere;

  private record Ran(int exitCode, String out, String err) {}

  @BeforeAll
  static void buildsOnFirstUse() throws Exception {
    Ran ran = run(ROOT, Map.of(), LAUNCHER.toString(), "--version");

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out()).startsWith("rekindle ");
  }

  private static Ran run(Path folder, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("rekindle", "out");
    Path err = Files.createTempFile("rekindle", "err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    Ran ran =
        new Ran(
            process.exitValue(),
            Files.readString(out, StandardCharsets.UTF_8),
            Files.readString(err, StandardCharsets.UTF_8));
    Files.delete(out);
    Files.delete(err);
    return ran;
  }

  @Test
  void worksFromAnyFolderAndThroughASymbolicLink() throws Exception {
    Path link = Files.createSymbolicLink(elsewhere.resolve("rk"), LAUNCHER);
    Files.copy(ROOT.resolve("examples/visitor-counter.yaml"), elsewhere.resolve("mine.yaml"));

    Ran ran = run(elsewhere, Map.of(), link.toString(), "validate", "mine.yaml");

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).startsWith("mine.yaml: good").endsWith("1 plan is good.\n");
    assertThat(ran.err()).isEmpty();
  }

  /** Under half a second on an idle machine; the bound leaves room for a busy one. */
  @Test
  void startsQuicklyOnceWarm() throws Exception {
    run(ROOT, Map.of(), LAUNCHER.toString(), "--help");
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      long start = System.nanoTime();
      assertThat(run(ROOT, Map.of(), LAUNCHER.toString(), "--help").exitCode()).isZero();
      times.add((System.nanoTime() - start) / 1_000_000);
    }
    times.sort(Long::compare);

    assertThat(times.getFirst()).as("the best of %s ms", times).isLessThanOrEqualTo(1_500);
  }

  @Test
  void rebuildsWhenSourcesChanged() throws Exception {
    Path source = ROOT.resolve("starter/src/main/java/io/rekindle/starter/ExitCode.java");
    Path built = ROOT.resolve("starter/target/quick/app/built");
    FileTime before = Files.getLastModifiedTime(built);
    Files.setLastModifiedTime(source, FileTime.from(Instant.now()));

    Ran ran = run(ROOT, Map.of(), LAUNCHER.toString(), "--version");

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.err()).isEqualTo("rekindle: building (first use or changed sources)\n");
    assertThat(Files.getLastModifiedTime(built)).isGreaterThan(before);
  }

  @Test
  void saysInOneSentenceThatNoJdkFits() throws Exception {
    Path copy = Files.createDirectories(elsewhere.resolve("checkout"));
    Files.createDirectories(copy.resolve(".mvn"));
    Files.copy(LAUNCHER, copy.resolve("rekindle"));
    String finder = Files.readString(ROOT.resolve(".mvn/jdk.sh"));
    Files.writeString(
        copy.resolve(".mvn/jdk.sh"),
        finder.replace("REKINDLE_JDK_MINIMUM=21", "REKINDLE_JDK_MINIMUM=999"));
    assertThat(copy.resolve("rekindle").toFile().setExecutable(true)).isTrue();

    Ran ran = run(elsewhere, Map.of(), copy.resolve("rekindle").toString(), "--help");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .isEqualTo(
            "rekindle: no JDK 999 or newer was found; install one, or set JAVA_HOME to it.\n");
  }

  @Test
  void prefersANewerJdkToAnOldJavaHome() throws Exception {
    Path old = Files.createDirectories(elsewhere.resolve("old/bin"));
    Files.writeString(elsewhere.resolve("old/release"), "JAVA_VERSION=\"17.0.15\"\n");
    for (String tool : Arrays.asList("java", "javac")) {
      assertThat(
              Files.writeString(old.resolve(tool), "#!/bin/sh\nexit 9\n")
                  .toFile()
                  .setExecutable(true))
          .isTrue();
    }

    Ran ran =
        run(
            ROOT,
            Map.of("JAVA_HOME", elsewhere.resolve("old").toString()),
            LAUNCHER.toString(),
            "--version");

    assertThat(ran.exitCode()).as(ran.err()).isZero();
  }
}
