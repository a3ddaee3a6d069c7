package io.rekindle.starter.command;

import io.micronaut.context.annotation.Prototype;
import io.rekindle.starter.Console;
import io.rekindle.starter.run.Runs;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Prototype
@Command(
    name = "watch",
    description = {"Follows a drill, whoever started it, until it is over or Ctrl-C."},
    mixinStandardHelpOptions = true)
final class DrillWatchCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(index = "0", paramLabel = "APP", description = "The application.")
  private String application = "";

  @Parameters(index = "1", paramLabel = "DRILL", description = "The drill.")
  private String drill = "";

  @Mixin private ServerOptions server = new ServerOptions();

  DrillWatchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (Runs runs = server.connect()) {
      String workflow = runs.findDrill(application, drill);
      return new Watch(console, () -> runs.seeDrill(application, workflow)).until(false).code();
    }
  }
}
