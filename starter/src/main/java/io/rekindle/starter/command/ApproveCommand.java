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
    name = "approve",
    description = {"Says yes at an open gate."},
    mixinStandardHelpOptions = true)
final class ApproveCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private DecisionOptions decision = new DecisionOptions();

  @Mixin private AtGate at = new AtGate();

  @Option(
      names = "--round",
      paramLabel = "N",
      description =
          "Which of the gate's questions is answered, as `rekindle status` shows it; another one is"
              + " refused.")
  private @Nullable Integer round;

  @Option(
      names = "--accept-unfenced",
      description = "Accepts that fences may not hold: the old side may still take writes.")
  private boolean acceptUnfenced;

  ApproveCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return decision.send(
        console,
        (by, run) -> new Decision.Approve(at.gate, round, acceptUnfenced, at.comment, by, run));
  }
}
