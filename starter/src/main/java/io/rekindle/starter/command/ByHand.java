package io.rekindle.starter.command;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A blocked step that a person takes over, and why. */
final class ByHand {
  @Mixin DecisionOptions decision = new DecisionOptions();

  @Parameters(index = "1", paramLabel = "STEP", description = "The blocked step, or the task.")
  String step = "";

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why, for the record.")
  String reason = "";
}
