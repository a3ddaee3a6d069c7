package io.rekindle.starter.command;

import io.micronaut.context.annotation.Prototype;
import io.rekindle.starter.Console;
import io.rekindle.starter.ExitCode;
import io.rekindle.starter.run.Runs;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Prototype
@Command(
    name = "watch",
    description = {
      "Follows a run until the application serves, the run ends, or Ctrl-C.",
      "A terminal shows the whole page anew; anything else gets a line for each change."
    },
    mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "APP", description = "The application.")
  private String application = "";

  @Option(names = "--until-waiting", description = "Ends, too, when a person must decide.")
  private boolean untilWaiting;

  @Mixin private ServerOptions server = new ServerOptions();

  WatchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (Runs runs = server.connect()) {
      ExitCode code = new Watch(console, () -> runs.see(application)).until(untilWaiting);
      return code.code();
    }
  }
}
