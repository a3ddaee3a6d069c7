package io.rekindle.starter.command;

import io.rekindle.starter.Console;
import io.rekindle.starter.local.TemporalCli;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a stack on this machine is made of. */
final class StackOptions {
  @Option(
      names = "--temporal-cli",
      paramLabel = "FILE",
      description =
          "Temporal's own command line, which brings the server; otherwise REKINDLE_TEMPORAL_CLI,"
              + " the one on the PATH, or one that Go builds here once.")
  private @Nullable Path temporalCli;

  @Option(
      names = "--pace",
      paramLabel = "FACTOR",
      description =
          "How long the simulated AWS takes, compared with the real one; default:"
              + " ${DEFAULT-VALUE}.",
      defaultValue = "0.01")
  private double pace;

  double pace() {
    return pace;
  }

  /** Empty where none is to be had. */
  Optional<Path> cli(Console console) {
    return new TemporalCli(console).find(Optional.ofNullable(temporalCli));
  }
}
