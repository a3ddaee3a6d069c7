package io.rekindle.starter.command;

import io.micronaut.context.annotation.Prototype;
import io.rekindle.starter.Console;
import io.rekindle.starter.ExitCode;
import io.rekindle.starter.run.Runs;
import io.rekindle.starter.run.ScheduledDrill;
import io.rekindle.starter.run.Schedules;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Prototype
@Command(
    name = "list",
    description = {
      "Shows the drills that the server repeats: when each comes next, how the last one went, and"
          + " whether the last success is as young as its times promise."
    },
    mixinStandardHelpOptions = true)
final class DrillListCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "APP",
      description = "Only of this application; default: all.")
  private @Nullable String application;

  @Mixin private OutputOption output = new OutputOption();

  @Mixin private ServerOptions server = new ServerOptions();

  DrillListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Runs runs = server.connect()) {
      Schedules schedules = runs.schedules();
      List<ScheduledDrill> drills =
          application == null ? schedules.list() : schedules.of(application);
      Instant now = Instant.now();
      switch (output.kind) {
        case TEXT -> new DrillPage(console, now).lines(drills).forEach(console::line);
        case JSON -> console.json(drills.stream().map(drill -> DrillJson.of(drill, now)).toList());
      }
      return ExitCode.DONE.code();
    }
  }
}
