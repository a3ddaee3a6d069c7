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
import picocli.CommandLine.Parameters;

@Prototype
@Command(
    name = "done",
    description = {"Says that a blocked step was done by hand; a look must confirm it."},
    mixinStandardHelpOptions = true)
final class DoneCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private Verdict verdict = new Verdict();

  @Parameters(index = "1", paramLabel = "STEP", description = "The blocked step.")
  private String step = "";

  @Option(
      names = "--give",
      paramLabel = "OUTPUT=VALUE",
      description = "An output that the look cannot know.")
  private Map<String, String> outputs = new LinkedHashMap<>();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why, for the record.")
  private String reason = "";

  DoneCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return verdict.tell(
        console, (by, run) -> new Decision.Done(step, outputs, null, reason, by, run));
  }
}
