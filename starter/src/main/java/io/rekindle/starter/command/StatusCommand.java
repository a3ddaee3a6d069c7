package io.rekindle.starter.command;

import io.micronaut.context.annotation.Prototype;
import io.rekindle.starter.Console;
import io.rekindle.starter.run.Runs;
import io.rekindle.starter.run.Seen;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Prototype
@Command(
    name = "status",
    description = {
      "Shows where a run is, what it waits for, and which commands it takes now.",
      "Exit codes: 0 recovered or in progress, 1 failed or unverified, 4 waiting for a person."
    },
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "APP", description = "The application.")
  private String application = "";

  @Mixin private OutputOption output = new OutputOption();

  @Mixin private ServerOptions server = new ServerOptions();

  StatusCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Runs runs = server.connect()) {
      Seen seen = runs.see(application);
      switch (output.kind) {
        case TEXT -> new RunPage(console, seen).print();
        case JSON -> console.json(RunJson.of(seen));
      }
      return Progress.of(seen).exitCode().code();
    }
  }
}
