package io.rekindle.starter.command;

import io.micronaut.context.annotation.Prototype;
import io.rekindle.door.FailoverRequest;
import io.rekindle.plan.Plan;
import io.rekindle.starter.BadInput;
import io.rekindle.starter.Console;
import io.rekindle.starter.ExitCode;
import io.rekindle.starter.run.Runs;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Prototype
@Command(
    name = "failover",
    description = {
      "Starts the failover of a plan on a Temporal server.",
      "Nothing is changed before people have approved it. Exit codes with --wait: 0 recovered, 1"
          + " rejected, aborted or unverified, 4 waiting for a person."
    },
    mixinStandardHelpOptions = true)
final class FailoverCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "PLAN", description = "The plan file.")
  private Path file = Path.of("");

  @Mixin private RunOptions options = new RunOptions();

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description =
          "Who starts it; default: ${DEFAULT-VALUE}. Whoever starts a run does not count at its"
              + " gates, unless the plan says so.",
      defaultValue = "${sys:user.name}")
  private String by = "";

  @Option(
      names = "--wait",
      description = "Follows the run until a person must decide or it is over.")
  private boolean waits;

  @Mixin private ConsentOption consent = new ConsentOption();

  @Mixin private ServerOptions server = new ServerOptions();

  FailoverCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    Plan plan = PlanFile.read(file);
    FailoverRequest request = options.request(plan, "started by hand", by);
    String application = plan.application().value();
    if (!consent.isGiven(console, "Start the failover of " + application + "?")) {
      throw new BadInput("Not started. Answer yes, or use --yes.");
    }
    try (Runs runs = server.connect()) {
      runs.start(application, request);
      console.now(
          application
              + ": the failover is started; `rekindle watch "
              + application
              + "` follows it.");
      return waits
          ? new Watch(console, () -> runs.see(application)).until(true).code()
          : ExitCode.DONE.code();
    }
  }
}
