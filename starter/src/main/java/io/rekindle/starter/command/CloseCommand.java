package io.rekindle.starter.command;

import io.micronaut.context.annotation.Prototype;
import io.rekindle.run.Decision;
import io.rekindle.starter.Console;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Prototype
@Command(
    name = "close",
    description = {"Ends a run whose application serves; the application stays where it is."},
    mixinStandardHelpOptions = true)
final class CloseCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private DecisionOptions decision = new DecisionOptions();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
  private @Nullable String reason;

  CloseCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return decision.send(console, (by, run) -> new Decision.Close(reason, by, run));
  }
}
