package io.rekindle.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds a Python that has the emulator, or gives it a private one in the user's cache. */
final class Python {
  private static final String VERSION = "5.2.1";
  private static final String HAS_IT =
      "import moto.moto_server.threaded_moto_server, sys; sys.exit(moto.__version__ != '%s')"
          .formatted(VERSION);
  private static final Path SYSTEM = Path.of("python3");

  private Python() {}

  /**
   * @throws SimulatorUnavailable when there is no Python 3 to have it
   */
  static Path withMoto() throws IOException {
    if (runs(SYSTEM, "-c", HAS_IT)) {
      return SYSTEM;
    }
    Path home = Cache.folder("moto-" + VERSION);
    Path own = home.resolve("bin").resolve("python3");
    if (runs(own, "-c", HAS_IT)) {
      return own;
    }
    if (!runs(SYSTEM, "-c", "import venv, sys; sys.exit(sys.version_info < (3, 10))")) {
      throw SimulatorUnavailable.because(
          "The simulator needs Python 3.10 or newer with venv, and found none as python3: install"
              + " it (on Debian: apt-get install python3 python3-venv), and it fetches the rest.");
    }
    return installed(home, own);
  }

  private static Path installed(Path home, Path own) throws IOException {
    Path lockFile = home.resolveSibling(home.getFileName() + ".lock");
    try (RandomAccessFile file = new RandomAccessFile(lockFile.toFile(), "rw");
        FileLock lock = file.getChannel().lock()) {
      if (lock.isValid() && !runs(own, "-c", HAS_IT)) {
        System.err.println(
            "simulator: installing moto " + VERSION + " into " + home + " (once, about a minute)");
        must(SYSTEM, "-m", "venv", "--clear", home.toString());
        must(own, "-m", "pip", "install", "-q", "moto[server]==" + VERSION);
      }
    }
    return own;
  }

  private static boolean runs(Path python, String... arguments) {
    return failure(python, arguments).isEmpty();
  }

  private static void must(Path python, String... arguments) {
    failure(python, arguments)
        .ifPresent(said -> {
          throw SimulatorUnavailable.because(
              "The simulator tried to install moto "
                  + VERSION
                  + " from PyPI, and "
                  + String.join(" ", arguments)
                  + " failed: "
                  + said.strip().lines().reduce("", (before, line) -> line));
        });
  }

  private static Optional<String> failure(Path python, String... arguments) {
    try {
      Process process =
          new ProcessBuilder(
                  Stream.concat(Stream.of(python.toString()), List.of(arguments).stream()).toList())
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      return process.waitFor() == 0 ? Optional.empty() : Optional.of(said);
    } catch (IOException missing) {
      return Optional.of(String.valueOf(missing.getMessage()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Stopped while Python was looked for.", stopped);
    }
  }
}
