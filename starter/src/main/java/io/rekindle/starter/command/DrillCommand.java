package io.rekindle.starter.command;

import io.micronaut.context.annotation.Prototype;
import io.rekindle.door.DrillRequest;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Trees;
import io.rekindle.starter.BadInput;
import io.rekindle.starter.Console;
import io.rekindle.starter.ExitCode;
import io.rekindle.starter.run.Runs;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Prototype
@Command(
    name = "drill",
    description = {
      "Starts one of the drills of a plan now: on copies of their own, which are taken away again.",
      "Exit codes with --wait: 0 drilled, or a failover had precedence; 1 a step failed, something"
          + " is left, or it was aborted."
    },
    subcommands = {
      DrillWatchCommand.class,
      DrillScheduleCommand.class,
      DrillListCommand.class,
      DrillUnscheduleCommand.class
    },
    mixinStandardHelpOptions = true)
final class DrillCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(arity = "0..1", paramLabel = "PLAN", description = "The plan file.")
  private @Nullable Path file;

  @Option(
      names = "--name",
      paramLabel = "DRILL",
      description = "Which drill of the plan; needed where it has several.")
  private @Nullable String name;

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who starts it; default: ${DEFAULT-VALUE}.",
      defaultValue = "${sys:user.name}")
  private String by = "";

  @Option(names = "--wait", description = "Follows the drill until it is over.")
  private boolean waits;

  @Mixin private ServerOptions server = new ServerOptions();

  DrillCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (file == null) {
      throw new BadInput("Name a plan file, or one of: watch, schedule, list, unschedule.");
    }
    Plan plan = PlanFile.read(file);
    String application = plan.application().value();
    Plan.Drill drill = DrillOfPlan.chosen(plan, name);
    try (Runs runs = server.connect()) {
      String started =
          runs.start(application, new DrillRequest(Trees.json(plan.source()), drill.name(), by));
      console.now(
          "%s: the drill '%s' is started; `rekindle drill watch %s %s` follows it."
              .formatted(application, drill.name(), application, drill.name()));
      return waits
          ? new Watch(console, () -> runs.seeDrill(application, started)).until(false).code()
          : ExitCode.DONE.code();
    }
  }
}
