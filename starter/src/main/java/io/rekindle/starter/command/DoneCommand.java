package io.rekindle.starter.command;

import io.micronaut.context.annotation.Prototype;
import io.rekindle.run.Decision;
import io.rekindle.starter.Console;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Prototype
@Command(
    name = "done",
    description = {
      "Says that a task is done, or that a blocked step was done by hand: AWS must show it."
    },
    mixinStandardHelpOptions = true)
final class DoneCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ByHand byHand = new ByHand();

  @Option(
      names = "--give",
      paramLabel = "OUTPUT=VALUE",
      description = "An output that AWS does not show.")
  private Map<String, String> outputs = new LinkedHashMap<>();

  @Option(
      names = "--proof",
      paramLabel = "TEXT",
      description = "What shows that a task is done: words or a link, as the plan asks for.")
  private @Nullable String proof;

  DoneCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return byHand.decision.send(
        console,
        (by, run) -> new Decision.Done(byHand.step, outputs, proof, byHand.reason, by, run));
  }
}
