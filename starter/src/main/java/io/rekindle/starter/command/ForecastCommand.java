package io.rekindle.starter.command;

import io.micronaut.context.annotation.Prototype;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Step;
import io.rekindle.starter.BadInput;
import io.rekindle.starter.Console;
import io.rekindle.starter.ExitCode;
import io.rekindle.starter.rehearse.Forecast;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Prototype
@Command(
    name = "forecast",
    description = {
      "Tells how long the recovery will take: thousands of samples of typical durations over the"
          + " plan's graph.",
      "Nothing is run. A forecast does not prove anything: it says what share of it has not been"
          + " measured yet."
    },
    mixinStandardHelpOptions = true)
final class ForecastCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "PLAN", description = "The plan file.")
  private Path file = Path.of("");

  @Mixin private ChoiceOptions choice = new ChoiceOptions();

  @Option(
      names = "--section",
      description = "failover or failback; default: ${DEFAULT-VALUE}.",
      defaultValue = "failover")
  private Section section = Section.FAILOVER;

  @Option(names = "--slow", paramLabel = "STEP=xN", description = "Makes a step N times as slow.")
  private Map<String, String> slow = new LinkedHashMap<>();

  @Option(
      names = "--samples",
      description = "How many; default: ${DEFAULT-VALUE}.",
      defaultValue = "10000")
  private int samples;

  @Option(
      names = "--seed",
      description = "Same seed, same numbers; default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private long seed;

  @Mixin private OutputOption output = new OutputOption();

  ForecastCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Plan plan = PlanFile.read(file);
    check(plan);
    Forecast forecast =
        new Forecast(
            plan,
            section,
            choice.recovery(plan),
            choice.selection(plan),
            Inputs.factors(slow, plan.steps(section)));
    if (forecast.steps().isEmpty()) {
      throw new BadInput("No step of " + plan.application() + " would run.");
    }
    ForecastReport report =
        new ForecastReport(plan, section, choice.mode, samples, seed, forecast.run(samples, seed));
    switch (output.kind) {
      case TEXT -> report.print(console);
      case JSON -> console.json(report.json());
    }
    return ExitCode.DONE.code();
  }

  private void check(Plan plan) {
    if (samples < 100 || samples > 1_000_000) {
      throw new BadInput("--samples takes 100 to 1,000,000, found " + samples + ".");
    }
    List<String> steps = plan.steps(section).stream().map(Step::id).toList();
    choice.without.forEach(step -> Inputs.known("--without", "step", step, steps));
    slow.keySet().forEach(step -> Inputs.known("--slow", "step", step, steps));
  }
}
