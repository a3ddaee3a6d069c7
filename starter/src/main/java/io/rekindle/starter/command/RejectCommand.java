package io.rekindle.starter.command;

import io.micronaut.context.annotation.Prototype;
import io.rekindle.run.Decision;
import io.rekindle.starter.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Prototype
@Command(
    name = "reject",
    description = {"Says no at an open gate: before any change this ends the run."},
    mixinStandardHelpOptions = true)
final class RejectCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private DecisionOptions decision = new DecisionOptions();

  @Mixin private AtGate at = new AtGate();

  RejectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return decision.send(console, (by, run) -> new Decision.Reject(at.gate, at.comment, by, run));
  }
}
