package io.rekindle.starter.command;

import io.micronaut.context.annotation.Prototype;
import io.rekindle.door.FailoverRequest;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Selection;
import io.rekindle.plan.Step;
import io.rekindle.rehearse.Script;
import io.rekindle.starter.BadInput;
import io.rekindle.starter.Console;
import io.rekindle.starter.rehearse.Approver;
import io.rekindle.starter.rehearse.Approver.Answer;
import io.rekindle.starter.rehearse.Rehearsal;
import io.rekindle.starter.rehearse.Rehearsal.Setting;
import io.rekindle.starter.rehearse.Rehearsed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Prototype
@Command(
    name = "rehearse",
    description = {
      "Runs the whole failover now, in seconds: the real workflow, on a Temporal server inside this"
          + " process and a cloud that exists only in facts.",
      "Nothing outside is touched. Exit codes: 0 recovered, 1 rejected, aborted or unverified, 4"
          + " waiting for a person."
    },
    mixinStandardHelpOptions = true)
final class RehearseCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "PLAN", description = "The plan file.")
  private Path file = Path.of("");

  @Mixin private RunOptions run = new RunOptions();

  @Option(
      names = "--approve",
      description =
          "Who answers at the gates: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.",
      defaultValue = "auto")
  private Approval approve = Approval.AUTO;

  @Option(
      names = "--accept-unfenced",
      description = "The approval accepts that fences may not hold.")
  private boolean acceptUnfenced;

  @Option(
      names = "--fail",
      paramLabel = "STEP[=N]",
      mapFallbackValue = "",
      description = "Makes a step fail N times, or for good.")
  private Map<String, String> fail = new LinkedHashMap<>();

  @Option(names = "--slow", paramLabel = "STEP=xN", description = "Makes a step N times as slow.")
  private Map<String, String> slow = new LinkedHashMap<>();

  @Option(
      names = "--dark",
      paramLabel = "primary",
      description = "The primary Region does not answer at all.")
  private String dark = "";

  @Option(
      names = "--crash-after",
      paramLabel = "STEP",
      description = "Kills the worker when the step's change is made and nobody knows it yet.")
  private String crashAfter = "";

  @Option(
      names = "--seed",
      description = "Same seed, same durations; default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private long seed;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Also writes a report: FILE ends in .md, .html or .json.")
  private String report = "";

  @Mixin private OutputOption output = new OutputOption();

  RehearseCommand(Console console) {
    this.console = console;
  }

  /** Who answers at the gates. */
  enum Approval {
    AUTO,
    ASK,
    DENY
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    Plan plan = PlanFile.read(file);
    FailoverRequest request = run.request(plan, "rehearsal", "rehearsal");
    check(plan, request);
    Setting setting =
        new Setting(request, script(plan), seed, approver(), acceptUnfenced, crashAfter);
    Rehearsed rehearsed = Rehearsal.play(plan, setting, new RehearsalProgress(console, isShown()));
    RunReport text = RunReport.of(rehearsed, seed);
    if (!report.isEmpty()) {
      Path written = Path.of(report);
      ReportFile.Format.of(written).ifPresent(format -> ReportFile.write(written, format, text));
    }
    switch (output.kind) {
      case TEXT -> text.print(console);
      case JSON -> console.json(ReportJson.of(text));
    }
    return text.exitCode().code();
  }

  private boolean isShown() {
    return output.kind == Output.TEXT && console.isTerminal();
  }

  private void check(Plan plan, FailoverRequest request) {
    if (!dark.isEmpty() && !dark.equals("primary")) {
      throw new BadInput("--dark takes primary, found '" + dark + "'.");
    }
    if (!report.isEmpty() && ReportFile.Format.of(Path.of(report)).isEmpty()) {
      throw new BadInput("--report takes a file that ends in .md, .html or .json: " + report);
    }
    List<String> steps = plan.failover().stream().map(Step::id).toList();
    Selection selection =
        Selection.of(plan, request.mode(), request.set(), Set.copyOf(request.without()));
    List<String> taken = plan.failover().stream().filter(selection::takes).map(Step::id).toList();
    fail.keySet().forEach(step -> known("--fail", step, steps, taken));
    slow.keySet().forEach(step -> known("--slow", step, steps, taken));
    if (!crashAfter.isEmpty()) {
      known("--crash-after", crashAfter, steps, taken);
    }
  }

  private static void known(String option, String step, List<String> all, List<String> taken) {
    Inputs.known(option, "step", step, all);
    if (!taken.contains(step)) {
      throw new BadInput(option + ": step '" + step + "' is not in this run.");
    }
  }

  private Script script(Plan plan) {
    Script script = Script.SMOOTH;
    for (Map.Entry<String, String> each : fail.entrySet()) {
      script = script.failing(each.getKey(), times(each.getKey(), each.getValue()));
    }
    for (Map.Entry<String, Double> each : Inputs.factors(slow, plan.failover()).entrySet()) {
      script = script.slower(each.getKey(), each.getValue());
    }
    return dark.isEmpty() ? script : script.inTheDark(plan.regions().primary().region().value());
  }

  private static int times(String step, String times) {
    if (times.isEmpty()) {
      return Script.FOR_GOOD;
    }
    if (!times.matches("[1-9]\\d{0,3}")) {
      throw new BadInput(
          "--fail " + step + ": '" + times + "' is not a number of failures such as 2.");
    }
    return Integer.parseInt(times);
  }

  private Approver approver() {
    return switch (approve) {
      case AUTO -> gate -> Answer.YES;
      case DENY -> gate -> Answer.NO;
      case ASK -> this::ask;
    };
  }

  /** Only where a person looks; anywhere else the gate stays open. */
  private Answer ask(String question) {
    if (!console.isTerminal() || output.kind != Output.TEXT) {
      return Answer.NONE;
    }
    String answer = console.ask(question + " [yes/no] ").toLowerCase(Locale.ROOT);
    return switch (answer) {
      case "y", "yes" -> Answer.YES;
      case "n", "no" -> Answer.NO;
      default -> Answer.NONE;
    };
  }
}
