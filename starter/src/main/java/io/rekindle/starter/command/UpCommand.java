package io.rekindle.starter.command;

import io.micronaut.context.annotation.Prototype;
import io.rekindle.starter.Console;
import io.rekindle.starter.ExitCode;
import io.rekindle.starter.local.DemoFolders;
import io.rekindle.starter.local.LocalStack;
import io.rekindle.starter.local.LocalStack.Part;
import io.rekindle.starter.local.StackFailure;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Prototype
@Command(
    name = "up",
    description = {
      "Starts a whole stack on this machine, until Ctrl-C: a real Temporal server with its web"
          + " pages, a simulated AWS with an application in it, and a worker.",
      "The server keeps its runs in a file. A worker or server that dies is started again: try"
          + " kill -9."
    },
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  private static final int PAUSE = 500;

  private final Console console;

  @Mixin private ExampleOption example = new ExampleOption();
  @Mixin private StackOptions options = new StackOptions();

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      description = "Where the stack keeps its files; default: rekindle in the user's state.")
  private @Nullable Path folder;

  @Option(names = "--fresh", description = "Forgets the runs of earlier stacks first.")
  private boolean fresh;

  @Option(
      names = "--port",
      description = "Where the Temporal server listens; default: ${DEFAULT-VALUE}.",
      defaultValue = "7233")
  private int port;

  @Option(
      names = "--ui-port",
      description = "Where its web pages are; default: ${DEFAULT-VALUE}.",
      defaultValue = "8233")
  private int uiPort;

  UpCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    DemoFolders.sweep();
    LocalStack.Setting setting =
        new LocalStack.Setting(
            example.name(),
            folder == null ? LocalStack.Setting.usualFolder() : folder,
            fresh,
            Optional.of(options.cli(console).orElseThrow(UpCommand::withoutServer)),
            port,
            uiPort,
            options.pace());
    try (LocalStack stack = LocalStack.start(setting)) {
      welcome(stack);
      tend(stack);
    }
    console.complain("The simulated AWS stopped and its state is lost. Start the stack again.");
    return ExitCode.FAILED.code();
  }

  private static StackFailure withoutServer() {
    return new StackFailure(
        "`rekindle up` needs a real Temporal server: install Temporal's command line or Go, or set"
            + " --temporal-cli. `rekindle demo` works without.");
  }

  private void welcome(LocalStack stack) {
    String address = port == 7233 ? "" : " --address " + stack.address();
    Trial trial = new Trial(PlanFile.read(stack.plan()), stack.plan(), address);
    console.now(
        """
        Temporal       %s
        its web pages  %s
        simulated AWS  %s
        application    %s
        worker         process %d%s
        logs           %s

        Ready. In another terminal:
          %s
        Ctrl-C stops everything.\
        """
            .formatted(
                stack.address(),
                stack.ui(),
                stack.simulator(),
                stack.site(),
                stack.workerPid(),
                stack.readiness(),
                stack.logs(),
                String.join("\n  ", trial.commands(stack.workerPid()))));
  }

  /** Until the simulated AWS dies: what it knew nobody can bring back. */
  private void tend(LocalStack stack) throws InterruptedException {
    while (!stack.dead().contains(Part.SIMULATOR)) {
      for (Part part : stack.dead()) {
        switch (part) {
          case WORKER -> {
            stack.startWorker();
            console.now("The worker died; a new one continues, process " + stack.workerPid() + ".");
          }
          case TEMPORAL -> {
            stack.startTemporal();
            console.now("The Temporal server died; a new one continues with the same file.");
          }
          case SIMULATOR -> {}
        }
      }
      Thread.sleep(PAUSE);
    }
  }
}
