package io.rekindle.starter.command;

import io.micronaut.context.annotation.Prototype;
import io.rekindle.starter.local.Foreground;
import io.rekindle.starter.local.Program;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Prototype
@Command(
    name = "worker",
    description = {
      "Runs a worker until it is stopped: it does what the runs of the Temporal server ask of AWS.",
      "Its settings are environment variables and application.yml: see docs/operations.md."
    },
    mixinStandardHelpOptions = true)
final class WorkerCommand implements Callable<Integer> {
  @Option(
      names = "--create",
      description = "Creates the namespace and its search attributes where they are missing.")
  private boolean create;

  @Override
  public Integer call() throws InterruptedException {
    return Foreground.run(Program.WORKER, create ? List.of("--create") : List.of());
  }
}
