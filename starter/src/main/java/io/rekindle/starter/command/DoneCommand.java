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
    name = "done",
    description = {"Says that a blocked step was done by hand; a look must confirm it."},
    mixinStandardHelpOptions = true)
final class DoneCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ByHand byHand = new ByHand();

  @Option(
      names = "--give",
      paramLabel = "OUTPUT=VALUE",
      description = "An output that the look cannot know.")
  private Map<String, String> outputs = new LinkedHashMap<>();

  DoneCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return byHand.verdict.tell(
        console, (by, run) -> new Decision.Done(byHand.step, outputs, byHand.reason, by, run));
  }
}
