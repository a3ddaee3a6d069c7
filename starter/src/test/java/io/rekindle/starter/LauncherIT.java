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

  private static final String BUILDING = "rekindle: building (first use or changed sources)\n";

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

  /** What is built does not matter here, so a stand-in for Maven counts how often it is called. */
  @Test
  void rebuildsWhenSourcesChangedAndOnlyThen() throws Exception {
    Path copy = copyOfTheLauncher();
    Path source = copy.resolve("starter/src/main/java/Main.java");
    Files.createDirectories(source.getParent());
    Files.createDirectories(copy.resolve("workflows/src/main"));
    Files.createDirectories(copy.resolve("examples/steps"));
    for (Path file :
        List.of(
            copy.resolve("pom.xml"),
            copy.resolve("starter/pom.xml"),
            copy.resolve("workflows/pom.xml"),
            source)) {
      Files.writeString(file, "");
    }
    Path built = copy.resolve("starter/target/quick/app/built");
    executable(
        copy.resolve("mvnw"),
        "#!/bin/sh\nmkdir -p %s && touch %s && echo built >>%s/builds\n"
            .formatted(built.getParent(), built, copy));
    String launcher = copy.resolve("rekindle").toString();

    assertThat(run(elsewhere, Map.of(), launcher, "--version").err()).startsWith(BUILDING);
    assertThat(run(elsewhere, Map.of(), launcher, "--version").err()).doesNotContain(BUILDING);
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(1)));
    assertThat(run(elsewhere, Map.of(), launcher, "--version").err()).startsWith(BUILDING);

    assertThat(copy.resolve("builds")).hasContent("built\nbuilt");
  }

  @Test
  void saysInOneSentenceThatNoJdkFits() throws Exception {
    Path copy = copyOfTheLauncher();
    Path finder = copy.resolve(".mvn/jdk.sh");
    Files.writeString(
        finder,
        Files.readString(finder).replace("REKINDLE_JDK_MINIMUM=21", "REKINDLE_JDK_MINIMUM=999"));

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
    executable(old.resolve("java"), "#!/bin/sh\nexit 9\n");
    executable(old.resolve("javac"), "#!/bin/sh\nexit 9\n");

    Ran ran =
        run(
            ROOT,
            Map.of("JAVA_HOME", elsewhere.resolve("old").toString()),
            LAUNCHER.toString(),
            "--version");

    assertThat(ran.exitCode()).as(ran.err()).isZero();
  }

  private Path copyOfTheLauncher() throws IOException {
    Path copy = elsewhere.resolve("checkout");
    Files.createDirectories(copy.resolve(".mvn"));
    Files.copy(ROOT.resolve(".mvn/jdk.sh"), copy.resolve(".mvn/jdk.sh"));
    executable(copy.resolve("rekindle"), Files.readString(LAUNCHER));
    return copy;
  }

  private static void executable(Path file, String script) throws IOException {
    assertThat(Files.writeString(file, script).toFile().setExecutable(true)).isTrue();
  }
}
