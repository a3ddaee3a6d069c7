package io.rekindle.starter.command;

import io.micronaut.context.annotation.Prototype;
import io.rekindle.plan.Plan;
import io.rekindle.starter.Console;
import io.rekindle.starter.Console.Style;
import io.rekindle.starter.ExitCode;
import io.rekindle.starter.local.Demo;
import io.rekindle.starter.local.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Prototype
@Command(
    name = "demo",
    description = {
      "Fails the visitor counter over on a stack of its own, and kills the worker and the Temporal"
          + " server with kill -9 on the way.",
      "Nothing outside this machine is touched. Exit codes: 0 recovered and nothing made twice, 1"
          + " otherwise."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private StackOptions options = new StackOptions();
  @Mixin private RunOptions run = new RunOptions();

  DemoCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Optional<Path> cli = options.cli(console);
    Path folder = folder();
    console.now("starting a Temporal server, a simulated AWS and a worker");
    Demo.Shown shown = played(LocalStack.Setting.aside(folder, cli, options.pace()));
    report(shown);
    if (!shown.untrue().isEmpty()) {
      console.line("The logs are in " + folder + ".");
      return ExitCode.FAILED.code();
    }
    LocalStack.forget(folder);
    return ExitCode.DONE.code();
  }

  private Demo.Shown played(LocalStack.Setting setting) {
    try (LocalStack stack = LocalStack.start(setting)) {
      Thread end = new Thread(stack::close);
      Runtime.getRuntime().addShutdownHook(end);
      console.now("Temporal's web pages: " + stack.ui());
      Plan plan = PlanFile.read(stack.plan());
      Demo demo =
          new Demo(
              console,
              stack,
              plan.application().value(),
              run.request(plan, "a demonstration", "the demo"));
      Demo.Shown shown = demo.play();
      Runtime.getRuntime().removeShutdownHook(end);
      return shown;
    }
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("rekindle-demo");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void report(Demo.Shown shown) {
    console.line();
    new RunPage(console, shown.end()).print();
    console.line();
    console.line("changes applied: " + shown.calls().changes().size());
    console.line("repeated changes: " + shown.calls().repeatedChanges());
    shown.untrue().forEach(each -> console.line(console.styled(Style.RED, "untrue: " + each)));
    console.line(
        shown.untrue().isEmpty()
            ? console.styled(Style.GREEN, "RECOVERED")
            : console.styled(Style.RED, "NOT AS IT SHOULD BE"));
  }
}
