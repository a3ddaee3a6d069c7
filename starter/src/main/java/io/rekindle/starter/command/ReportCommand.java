package io.rekindle.starter.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.micronaut.context.annotation.Prototype;
import io.rekindle.starter.Console;
import io.rekindle.starter.command.ReportFile.Format;
import io.rekindle.starter.run.Runs;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Prototype
@Command(
    name = "report",
    description = {
      "Prints the report of an application's open or last run: timeline, clocks, what was changed.",
      "Exit codes: 0 recovered or in progress, 1 failed or unverified, 4 waiting for a person."
    },
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "APP", description = "The application.")
  private String application = "";

  @Option(
      names = "--format",
      description = "How to write it: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.",
      defaultValue = "md")
  private Format format = Format.MD;

  @Mixin private ServerOptions server = new ServerOptions();

  ReportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    try (Runs runs = server.connect()) {
      RunReport report = new RunReport(runs.account(application), new RunReport.Origin.Real());
      console.line(ReportFile.content(format, report).stripTrailing());
      return report.exitCode().code();
    }
  }
}
