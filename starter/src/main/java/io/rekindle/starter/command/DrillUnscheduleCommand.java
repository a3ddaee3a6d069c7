package io.rekindle.starter.command;

import io.micronaut.context.annotation.Prototype;
import io.rekindle.starter.BadInput;
import io.rekindle.starter.Console;
import io.rekindle.starter.ExitCode;
import io.rekindle.starter.run.Runs;
import io.rekindle.starter.run.Schedules;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Prototype
@Command(
    name = "unschedule",
    description = {
      "Removes the schedules of an application's drills, after asking. A drill that is open goes"
          + " on."
    },
    mixinStandardHelpOptions = true)
final class DrillUnscheduleCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "APP", description = "The application.")
  private String application = "";

  @Option(
      names = "--name",
      paramLabel = "DRILL",
      description = "Only this one; default: all of the application.")
  private @Nullable String name;

  @Mixin private ConsentOption consent = new ConsentOption();

  @Mixin private ServerOptions server = new ServerOptions();

  DrillUnscheduleCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Runs runs = server.connect()) {
      Schedules schedules = runs.schedules();
      List<String> chosen = chosen(schedules.names(application));
      if (!consent.isGiven(
          console,
          "Remove the schedules of %s: %s?".formatted(application, String.join(", ", chosen)))) {
        throw new BadInput("Not removed. Answer yes, or use --yes.");
      }
      for (String each : chosen) {
        schedules.remove(application, each);
        console.now("%s: the schedule of '%s' is removed".formatted(application, each));
      }
      return ExitCode.DONE.code();
    }
  }

  private List<String> chosen(List<String> names) {
    if (names.isEmpty()) {
      throw new BadInput("No drill of " + application + " is scheduled.");
    }
    if (name == null) {
      return names;
    }
    if (!names.contains(name)) {
      throw new BadInput(
          "The drill '%s' of %s is not scheduled; %s."
                  .formatted(
                      name,
                      application,
                      String.join(", ", names) + (names.size() == 1 ? " is" : " are"))
              + Inputs.meant(name, names));
    }
    return List.of(name);
  }
}
