package io.rekindle.starter.local;

import io.rekindle.starter.BadInput;
import io.rekindle.starter.Console;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Temporal's own command line, which brings a whole server: the one that was named, else the one on
 * the PATH, else one that Go builds here once and that is kept.
 */
public final class TemporalCli {
  /** Newer ones cannot be built from the module proxy. */
  static final String VERSION = "1.5.1";

  private static final String NAMED = "REKINDLE_TEMPORAL_CLI";
  private static final String MODULE = "github.com/temporalio/cli/cmd/temporal@v" + VERSION;
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final long LOOK_AGAIN = 1;
  private static final long TELL_AGAIN = 30;

  private final Console console;

  public TemporalCli(Console console) {
    this.console = console;
  }

  /** Empty where there is none and no Go to build one. */
  public Optional<Path> find(Optional<Path> named) {
    return named
        .or(() -> Optional.ofNullable(System.getenv(NAMED)).filter(s -> !s.isBlank()).map(Path::of))
        .map(TemporalCli::usable)
        .or(() -> onPath("temporal"))
        .or(() -> Optional.of(kept()).filter(Files::isExecutable))
        .or(() -> onPath("go").map(this::built));
  }

  private static Path usable(Path named) {
    if (Files.isExecutable(named)) {
      return named.toAbsolutePath();
    }
    throw new BadInput(
        "%s is no program: --temporal-cli or %s names Temporal's command line."
            .formatted(named, NAMED));
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(
            Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Path kept() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(path -> !path.isBlank())
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("rekindle/temporal-" + VERSION)
        .resolve("temporal");
  }

  private Path built(Path go) {
    Path folder = Path.of(kept().getParent() + "." + ProcessHandle.current().pid());
    try {
      Path log = Files.createTempFile("rekindle-temporal", ".log");
      Files.createDirectories(folder);
      ProcessBuilder builder =
          new ProcessBuilder(go.toString(), "install", MODULE)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().put("GOBIN", folder.toString());
      await(builder.start(), log);
      Files.createDirectories(kept().getParent());
      Files.move(
          folder.resolve("temporal"), kept(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      Files.delete(folder);
      Files.delete(log);
      return kept();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void await(Process build, Path log) throws IOException {
    Instant began = Instant.now();
    Thread stop = new Thread(build::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(stop);
    console.complain(
        "rekindle: building Temporal's command line %s with Go, once; it takes minutes"
            .formatted(VERSION));
    try {
      while (!build.waitFor(LOOK_AGAIN, TimeUnit.SECONDS)) {
        tell(Duration.between(began, Instant.now()));
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      build.destroyForcibly();
      throw new StackFailure("It was interrupted.");
    }
    Runtime.getRuntime().removeShutdownHook(stop);
    if (build.exitValue() != 0) {
      throw new StackFailure(
          "Temporal's command line could not be built: `go install %s` said: %s"
              .formatted(MODULE, Files.readString(log).strip().lines().reduce("", (a, b) -> b)));
    }
  }

  private void tell(Duration since) {
    if (since.compareTo(PATIENCE) > 0) {
      throw new StackFailure("Go took too long to build Temporal's command line.");
    }
    if (since.toSeconds() % TELL_AGAIN == 0) {
      console.complain("rekindle: still building, %ds".formatted(since.toSeconds()));
    }
  }
}
