package io.rekindle.starter.local;

import io.rekindle.starter.BadInput;
import io.rekindle.starter.Console;
import io.temporal.testing.TemporalDevServerOptions;
import io.temporal.testing.internal.devserver.TemporalDevServerDownloader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Temporal's own command line, which brings a whole server: the one that was named, else the one on
 * the PATH, else one that Go builds here once or Temporal's SDK fetches, and that is kept.
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

  /** Empty where none is to be had; why is told. */
  public Optional<Path> find(Optional<Path> named) {
    return named
        .or(() -> Optional.ofNullable(System.getenv(NAMED)).filter(s -> !s.isBlank()).map(Path::of))
        .map(TemporalCli::usable)
        .or(() -> onPath("temporal"))
        .or(() -> Optional.of(kept()).filter(Files::isExecutable))
        .or(() -> onPath("go").flatMap(this::built))
        .or(this::fetched);
  }

  private static Path usable(Path named) {
    if (Files.isExecutable(named)) {
      return named.toAbsolutePath();
    }
    throw new BadInput(
        "%s is not a program: --temporal-cli or %s names Temporal's command line."
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
    return cache().resolve("temporal-" + VERSION).resolve("temporal");
  }

  private static Path cache() {
    return UserFolder.CACHE.path().resolve("rekindle");
  }

  private Optional<Path> built(Path go) {
    console.complain(
        "rekindle: building Temporal's command line %s with Go, once; it takes minutes"
            .formatted(VERSION));
    String said;
    try (Undo undo = new Undo()) {
      Scratch scratch = undo.begin(() -> Scratch.in(cache()));
      Build build = undo.begin(() -> Build.start(go, scratch));
      if (succeeds(build)) {
        Files.createDirectories(kept().getParent());
        Files.move(scratch.file("temporal"), kept(), StandardCopyOption.REPLACE_EXISTING);
        return Optional.of(kept());
      }
      said = build.lastWord();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    console.complain("rekindle: `go install %s` did not build it: %s".formatted(MODULE, said));
    return Optional.empty();
  }

  private boolean succeeds(Build build) {
    Instant began = Instant.now();
    try {
      while (!build.process().waitFor(LOOK_AGAIN, TimeUnit.SECONDS)) {
        Duration since = Duration.between(began, Instant.now());
        if (since.compareTo(PATIENCE) > 0) {
          return false;
        }
        if (since.toSeconds() % TELL_AGAIN == 0) {
          console.complain("rekindle: still building, %ds".formatted(since.toSeconds()));
        }
      }
      return build.process().exitValue() == 0;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StackFailure("Interrupted.");
    }
  }

  private Optional<Path> fetched() {
    console.complain(
        "rekindle: asking Temporal's SDK for Temporal's command line, which it fetches once");
    try {
      return Optional.of(
          TemporalDevServerDownloader.prepare(
              TemporalDevServerOptions.newBuilder()
                  .setDownloadDestination(cache().resolve("temporal-of-sdk").toString())
                  .build()));
    } catch (IllegalStateException failed) {
      console.complain(
          "rekindle: no Temporal server found: --temporal-cli and %s are unset, none is on the PATH, Go"
                  .formatted(NAMED)
              + " did not build one, and the download failed: "
              + Optional.ofNullable(failed.getCause()).orElse(failed));
      return Optional.empty();
    }
  }

  /** Where something is made that is not yet whole. */
  private record Scratch(Path folder) implements AutoCloseable {
    static Scratch in(Path cache) {
      try {
        Files.createDirectories(cache);
        return new Scratch(Files.createTempDirectory(cache, "temporal-" + VERSION + "."));
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }

    Path file(String name) {
      return folder.resolve(name);
    }

    @Override
    public void close() throws IOException {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  private record Build(Process process, Path log) implements AutoCloseable {
    static Build start(Path go, Scratch scratch) {
      Path log = scratch.file("log");
      ProcessBuilder builder =
          new ProcessBuilder(go.toString(), "install", MODULE)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().put("GOBIN", scratch.folder().toString());
      try {
        return new Build(builder.start(), log);
      } catch (IOException failed) {
        throw new StackFailure(go + " did not start: " + failed.getMessage());
      }
    }

    String lastWord() throws IOException {
      return Files.readString(log).strip().lines().reduce("its log is empty", (all, last) -> last);
    }

    /** Go's compilers too. */
    @Override
    public void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      process.onExit().join();
    }
  }
}
