package io.rekindle.starter.command;

import io.micronaut.context.annotation.Prototype;
import io.rekindle.run.Decision;
import io.rekindle.starter.Console;
import java.util.ArrayList;
import java.util.List;
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
      names = "--shown",
      paramLabel = "NAME",
      description =
          "What is answered, by the name that `rekindle status` gives to what the gate shows; when"
              + " it shows something else by now, the yes is refused with the difference.")
  private @Nullable String shown;

  @Option(
      names = "--accept",
      paramLabel = "CHECK",
      description =
          "Accepts that a check fails, such as check:dns: its step will block, unless it is mended"
              + " by then. May be repeated.")
  private List<String> accept = new ArrayList<>();

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
        (by, run) ->
            new Decision.Approve(at.gate, shown, acceptUnfenced, accept, at.comment, by, run));
  }
}
