package io.rekindle.starter.command;

import io.micronaut.context.annotation.Prototype;
import io.rekindle.run.Decision;
import io.rekindle.starter.Console;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Prototype
@Command(
    name = "skip",
    description = {"Leaves a blocked step out."},
    mixinStandardHelpOptions = true)
final class SkipCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ByHand byHand = new ByHand();

  @Option(
      names = "--give",
      paramLabel = "OUTPUT=VALUE",
      description = "An output that steps still to come read.")
  private Map<String, String> outputs = new LinkedHashMap<>();

  SkipCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return byHand.decision.send(
        console, (by, run) -> new Decision.Skip(byHand.step, outputs, byHand.reason, by, run));
  }
}
