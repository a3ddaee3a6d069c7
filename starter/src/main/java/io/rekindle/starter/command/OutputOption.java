package io.rekindle.starter.command;

import picocli.CommandLine.Option;

/** For whom a command prints. */
final class OutputOption {
  @Option(
      names = "--output",
      paramLabel = "<output>",
      description = "Output format: ${COMPLETION-CANDIDATES}.",
      defaultValue = "text")
  Output kind = Output.TEXT;
}
