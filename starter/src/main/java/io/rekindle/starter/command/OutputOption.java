package io.rekindle.starter.command;

import picocli.CommandLine.Option;

/** For whom a command prints. */
final class OutputOption {
  @Option(
      names = "--output",
      paramLabel = "<output>",
      description = "For whom to print: ${COMPLETION-CANDIDATES}.",
      defaultValue = "text")
  Output kind = Output.TEXT;
}
