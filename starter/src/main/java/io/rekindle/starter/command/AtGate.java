package io.rekindle.starter.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** At which gate an answer is given, and why. */
final class AtGate {
  @Option(
      names = "--gate",
      paramLabel = "GATE",
      description = "The gate; may be left out while one is open.")
  @Nullable String gate;

  @Option(names = "--comment", paramLabel = "TEXT", description = "Why, for the record.")
  @Nullable String comment;
}
