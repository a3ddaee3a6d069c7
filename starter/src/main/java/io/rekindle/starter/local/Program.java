package io.rekindle.starter.local;

import io.rekindle.starter.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The other programs of Rekindle, which run as processes of their own. */
public enum Program {
  WORKER("worker", "io.rekindle.worker.Main"),
  SIMULATOR("simulator", "io.rekindle.simulator.Main");

  /** Where the launcher has it built. */
  private static final String BUILT = "target/quick/app";

  private final String module;
  private final String main;

  Program(String module, String main) {
    this.module = module;
    this.main = main;
  }

  /** The command that runs it. Throws {@link BadInput} where it was not built. */
  public List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>(java());
    command.addAll(knownClasses());
    command.add("-cp");
    command.add(app().resolve("rekindle.jar") + ":" + app().resolve("libs") + "/*");
    command.add(main);
    command.addAll(arguments);
    return List.copyOf(command);
  }

  /** A JVM that starts often and lives briefly, and does not complain about its libraries. */
  static List<String> java() {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED"));
    if (Runtime.version().feature() >= 25) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    return List.copyOf(command);
  }

  /** What it left behind when it was built; without that it only starts slower. */
  private List<String> knownClasses() {
    Path known = app().resolve("classes-" + module);
    return Runtime.version().feature() >= 25
        ? List.of("-XX:AOTCache=" + known, "-Xlog:aot=off,cds=off")
        : List.of("-XX:SharedArchiveFile=" + known, "-Xlog:cds=off,cds+dynamic=off");
  }

  private Path app() {
    Path app = home().resolve(module).resolve(System.getProperty("rekindle.apps", BUILT));
    if (!Files.exists(app.resolve("rekindle.jar"))) {
      throw new BadInput(
          "The %s is not built: %s is missing. Start this by ./rekindle, which builds it."
              .formatted(module, app.resolve("rekindle.jar")));
    }
    return app;
  }

  /** The checkout. */
  static Path home() {
    return Optional.ofNullable(System.getProperty("rekindle.home"))
        .map(Path::of)
        .orElseThrow(() -> new BadInput("This needs a checkout: start it by its ./rekindle."));
  }
}
