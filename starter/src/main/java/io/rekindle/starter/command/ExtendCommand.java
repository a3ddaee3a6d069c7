package io.rekindle.starter.command;

import io.micronaut.context.annotation.Prototype;
import io.rekindle.run.Decision;
import io.rekindle.starter.Console;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Prototype
@Command(
    name = "extend",
    description = {"Keeps a gate open longer, before it takes the evidence anew and asks again."},
    mixinStandardHelpOptions = true)
final class ExtendCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private DecisionOptions decision = new DecisionOptions();

  @Parameters(index = "1", paramLabel = "GATE", description = "The gate.")
  private String gate = "";

  @Parameters(index = "2", paramLabel = "TIME", description = "How much longer, such as 30m.")
  private String time = "";

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
  private @Nullable String reason;

  ExtendCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return decision.send(console, (by, run) -> new Decision.Extend(gate, time, reason, by, run));
  }
}
