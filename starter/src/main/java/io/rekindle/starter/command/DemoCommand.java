package io.rekindle.starter.command;

import io.micronaut.context.annotation.Prototype;
import io.rekindle.door.FailoverRequest;
import io.rekindle.plan.Plan;
import io.rekindle.starter.Console;
import io.rekindle.starter.Console.Style;
import io.rekindle.starter.ExitCode;
import io.rekindle.starter.local.Demo;
import io.rekindle.starter.local.DemoFolders;
import io.rekindle.starter.local.LocalStack;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Prototype
@Command(
    name = "demo",
    description = {
      "Fails an application of the examples over on a stack of its own, and kills the worker and"
          + " the Temporal server with kill -9 on the way; with --whole-life it then comes home,"
          + " and drills.",
      "Nothing outside this machine is touched. Exit codes: 0 recovered and nothing made twice, 1"
          + " otherwise."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ExampleOption example = new ExampleOption();
  @Mixin private StackOptions options = new StackOptions();
  @Mixin private RunOptions run = new RunOptions();

  @Option(
      names = "--whole-life",
      description =
          "Goes on: a drill that gives way, the way back, and a drill that comes by itself.")
  private boolean wholeLife;

  DemoCommand(Console console) {
    this.console = console;
  }

  @Option(names = "--all", description = "Shows one example after the other.")
  private boolean all;

  @Override
  public Integer call() {
    List<String> names = all ? ExampleOption.NAMES : List.of(example.name());
    DemoFolders.sweep();
    Optional<Path> cli = options.cli(console);
    if (cli.isEmpty()) {
      console.now(
          "The demonstration uses the embedded server of Temporal's tests, inside this process:"
              + " there are no web pages to look at, and the server is not killed, since it keeps"
              + " nothing on disk.");
    }
    boolean well = true;
    for (String name : names) {
      well &= show(name, cli);
    }
    return (well ? ExitCode.DONE : ExitCode.FAILED).code();
  }

  /** Whether all was as promised. */
  private boolean show(String name, Optional<Path> cli) {
    console.now("starting a Temporal server, a simulated AWS with " + name + " and a worker");
    try (LocalStack stack = LocalStack.aside(name, cli, options.pace())) {
      if (stack.isServerReal()) {
        console.now("Temporal's web pages: " + stack.ui());
      }
      Demo.Shown shown = play(stack);
      report(shown);
      if (!shown.untrue().isEmpty()) {
        console.line("The logs are in " + stack.logs() + ", until the next demonstration.");
      }
      return shown.untrue().isEmpty();
    }
  }

  private Demo.Shown play(LocalStack stack) {
    Plan plan = PlanFile.read(stack.plan());
    String application = plan.application().value();
    FailoverRequest request = run.request(plan, "a demonstration", "the demo");
    Demo demo = new Demo(console, stack, application, request);
    return wholeLife ? demo.playWholeLife() : demo.play();
  }

  private void report(Demo.Shown shown) {
    console.line();
    new RunPage(console, shown.end()).print();
    console.line();
    console.line("changes applied: " + shown.calls().changes().size());
    console.line("repeated changes: " + shown.calls().repeatedChanges());
    shown.untrue().forEach(each -> console.line(console.styled(Style.RED, "failed: " + each)));
    console.line(
        shown.untrue().isEmpty()
            ? console.styled(Style.GREEN, wholeLife ? "FAILED_BACK" : "RECOVERED")
            : console.styled(Style.RED, "FAILED"));
  }
}
