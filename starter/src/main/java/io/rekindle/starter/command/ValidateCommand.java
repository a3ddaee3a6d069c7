package io.rekindle.starter.command;

import io.micronaut.context.annotation.Prototype;
import io.rekindle.door.PlanAdmission;
import io.rekindle.plan.Plan;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.PlanReader.PlanProblem;
import io.rekindle.plan.PlanReader.Reading;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.shape.Problem;
import io.rekindle.starter.Console;
import io.rekindle.starter.Console.Style;
import io.rekindle.starter.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Prototype
@Command(
    name = "validate",
    description = {
      "Finds every mistake in plans at once, each with its place and the word that was probably"
          + " meant.",
      "With options of a run, such as --set, also what would keep that run from being let in."
    },
    mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "PLAN", arity = "1..*", description = "Plan files.")
  private List<Path> plans = List.of();

  @Mixin private RunOptions run = new RunOptions();

  @Option(names = "--by", paramLabel = "NAME", description = "Who would start the run.")
  private @Nullable String by;

  @Mixin private OutputOption output = new OutputOption();

  ValidateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Reading> readings = plans.stream().map(PlanReader::read).map(this::asked).toList();
    switch (output.kind) {
      case TEXT -> print(readings);
      case JSON -> console.json(new Result(readings.stream().map(PlanResult::of).toList()));
    }
    boolean allGood = readings.stream().allMatch(reading -> reading.problems().isEmpty());
    return (allGood ? ExitCode.DONE : ExitCode.BAD_INPUT).code();
  }

  /** The same, judged with what a run is asked for. */
  private Reading asked(Reading reading) {
    if (reading.plan().isEmpty() || !run.isGiven() && by == null) {
      return reading;
    }
    Plan plan = reading.plan().get();
    List<PlanProblem> problems =
        PlanAdmission.problems(plan, run.asked(plan, "validated", by)).stream()
            .map(problem -> new PlanProblem(reading.file(), problem))
            .toList();
    return new Reading(
        reading.file(),
        reading.plan().filter(good -> problems.isEmpty()),
        reading.text(),
        problems);
  }

  private void print(List<Reading> readings) {
    readings.forEach(this::print);
    long problems = readings.stream().mapToLong(reading -> reading.problems().size()).sum();
    long bad = readings.stream().filter(reading -> !reading.problems().isEmpty()).count();
    if (problems == 0) {
      String verdict =
          readings.size() == 1
              ? "1 plan is good."
              : Console.count(readings.size(), "plan") + " are good.";
      console.line(console.styled(Style.GREEN, verdict));
    } else {
      console.line(
          console.styled(
              Style.RED,
              Console.count(problems, "problem")
                  + " in "
                  + bad
                  + " of "
                  + Console.count(readings.size(), "plan")
                  + "."));
    }
  }

  private void print(Reading reading) {
    reading.plan().ifPresent(plan -> console.line(reading.file() + ": " + summary(plan)));
    List<String> lines = console.isTerminal() ? reading.text().lines().toList() : List.of();
    for (PlanProblem found : reading.problems()) {
      Problem problem = found.problem();
      console.line(
          console.styled(Style.BOLD, reading.file() + ":" + problem.place() + ":")
              + " "
              + problem.sentence());
      if (problem.place().line() <= lines.size()) {
        underline(lines.get(problem.place().line() - 1), problem.place());
      }
    }
  }

  private void underline(String line, Place place) {
    int left = Math.max(0, place.column() - (console.width() - 20));
    String shown = line.substring(Math.min(left, line.length()));
    String margin = "%6d | ".formatted(place.line());
    console.line(console.styled(Style.DIM, margin) + cut(shown, console.width() - margin.length()));
    console.line(
        " ".repeat(margin.length() + Math.max(0, place.column() - 1 - left))
            + console.styled(Style.RED, "^"));
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }

  private static String summary(Plan plan) {
    return "good: "
        + plan.application()
        + ", "
        + plan.regions().primary().region()
        + " to "
        + String.join(" or ", plan.regions().recoveryNames())
        + ", "
        + Console.count(plan.failover().size(), "step")
        + " there, "
        + plan.failback().size()
        + " back, "
        + Console.count(plan.drills().size(), "drill");
  }

  private record Result(List<PlanResult> plans) {}

  private record PlanResult(String file, boolean good, List<ProblemResult> problems) {
    static PlanResult of(Reading reading) {
      return new PlanResult(
          reading.file(),
          reading.problems().isEmpty(),
          reading.problems().stream().map(ProblemResult::of).toList());
    }
  }

  private record ProblemResult(
      int line, int column, String what, String where, @Nullable String nearest, String message) {
    static ProblemResult of(PlanProblem found) {
      Problem problem = found.problem();
      return new ProblemResult(
          problem.place().line(),
          problem.place().column(),
          problem.what(),
          problem.where(),
          problem.nearest().orElse(null),
          found.toString());
    }
  }
}
