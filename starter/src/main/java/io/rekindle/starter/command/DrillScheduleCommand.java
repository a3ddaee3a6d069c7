package io.rekindle.starter.command;

import io.micronaut.context.annotation.Prototype;
import io.rekindle.door.PlanAdmission;
import io.rekindle.plan.Plan;
import io.rekindle.starter.BadInput;
import io.rekindle.starter.Console;
import io.rekindle.starter.ExitCode;
import io.rekindle.starter.run.DrillSchedule;
import io.rekindle.starter.run.Runs;
import io.rekindle.starter.run.Schedules;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Prototype
@Command(
    name = "schedule",
    description = {
      "Makes the server repeat the drills of a plan at the times that the plan gives them.",
      "What is there is changed where the plan differs, and removed, after asking, where the plan"
          + " no longer has it. A paused schedule stays paused."
    },
    mixinStandardHelpOptions = true)
final class DrillScheduleCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "PLAN", description = "The plan file.")
  private Path file = Path.of("");

  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who schedules them; default: ${DEFAULT-VALUE}. Stands in their notes.",
      defaultValue = "${sys:user.name}")
  private String by = "";

  @Mixin private ConsentOption consent = new ConsentOption();

  @Mixin private ServerOptions server = new ServerOptions();

  DrillScheduleCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Plan plan = PlanFile.read(file);
    List<DrillSchedule> wanted = DrillSchedule.of(plan);
    wanted.forEach(DrillScheduleCommand::admit);
    try (Runs runs = server.connect()) {
      Schedules schedules = runs.schedules();
      List<String> gone = gone(plan, schedules);
      if (wanted.isEmpty() && gone.isEmpty()) {
        throw new BadInput("The plan of " + plan.application() + " has no drills.");
      }
      wanted.forEach(each -> tell(each, schedules.make(each, by)));
      if (!gone.isEmpty()) {
        remove(plan.application().value(), gone, schedules);
      }
      return ExitCode.DONE.code();
    }
  }

  /** As the worker would, for a schedule whose every drill is refused helps nobody. */
  private static void admit(DrillSchedule wanted) {
    List<String> problems = new PlanAdmission().admitDrill(wanted.request());
    if (!problems.isEmpty()) {
      throw new BadInput(String.join(System.lineSeparator(), problems));
    }
  }

  private static List<String> gone(Plan plan, Schedules schedules) {
    return schedules.names(plan.application().value()).stream()
        .filter(name -> plan.drill(name).isEmpty())
        .toList();
  }

  private void tell(DrillSchedule wanted, Schedules.Made made) {
    console.now(
        "%s: the schedule of '%s' is %s (%s %s)%s"
            .formatted(
                wanted.application(),
                wanted.name(),
                made.change().name().toLowerCase(Locale.ROOT),
                wanted.drill().cron().fields(),
                wanted.drill().timeZone(),
                made.paused().map(why -> "; it stays paused: " + why).orElse("")));
  }

  private void remove(String application, List<String> gone, Schedules schedules) {
    String names = String.join(", ", gone);
    if (!consent.isGiven(
        console, "Remove the schedules of %s, which the plan no longer has?".formatted(names))) {
      throw new BadInput(
          "%s: the plan no longer has %s, whose schedules stay. Answer yes, or use --yes, to remove them."
              .formatted(application, names));
    }
    for (String name : gone) {
      schedules.remove(application, name);
      console.now("%s: the schedule of '%s' is removed".formatted(application, name));
    }
  }
}
