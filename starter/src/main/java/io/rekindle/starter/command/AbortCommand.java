package io.rekindle.starter.command;

import io.micronaut.context.annotation.Prototype;
import io.rekindle.run.Decision;
import io.rekindle.starter.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Prototype
@Command(
    name = "abort",
    description = {"Ends a run: starts nothing new; changes in progress finish."},
    mixinStandardHelpOptions = true)
final class AbortCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private DecisionOptions decision = new DecisionOptions();

  @Option(
      names = "--rollback",
      description = "Undoes what was made, newest first; refused once traffic was moved.")
  private boolean rollback;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why, for the record.")
  private String reason = "";

  AbortCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return decision.send(console, (by, run) -> new Decision.Abort(rollback, reason, by, run));
  }
}
