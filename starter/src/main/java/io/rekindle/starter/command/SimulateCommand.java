package io.rekindle.starter.command;

import io.micronaut.context.annotation.Prototype;
import io.rekindle.starter.local.Foreground;
import io.rekindle.starter.local.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Prototype
@Command(
    name = "simulate",
    description = {
      "Simulates AWS, with an application of the examples in two Regions, until it is stopped.",
      "Point the SDK, the AWS command line or a worker at it by AWS_ENDPOINT_URL."
    },
    mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {
  @Mixin private ExampleOption example = new ExampleOption();

  @Option(
      names = "--port",
      description = "Where it listens on this machine; default: any free port.",
      defaultValue = "0")
  private int port;

  @Option(
      names = "--pace",
      paramLabel = "FACTOR",
      description = "How long changes take, compared with the real AWS; default: ${DEFAULT-VALUE}.",
      defaultValue = "0.01")
  private double pace;

  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      description = "What goes wrong, as JSON: see docs/local-stack.md.")
  private @Nullable Path scenario;

  @Override
  public Integer call() throws InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--example",
                example.name(),
                "--port",
                String.valueOf(port),
                "--pace",
                String.valueOf(pace)));
    if (scenario != null) {
      arguments.addAll(List.of("--scenario", scenario.toString()));
    }
    return Foreground.run(Program.SIMULATOR, arguments);
  }
}
