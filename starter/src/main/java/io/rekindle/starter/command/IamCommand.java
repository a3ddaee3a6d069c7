package io.rekindle.starter.command;

import io.micronaut.context.annotation.Prototype;
import io.rekindle.plan.Plan;
import io.rekindle.plan.iam.Duty;
import io.rekindle.plan.iam.NotForeseen;
import io.rekindle.plan.iam.Policies;
import io.rekindle.starter.BadInput;
import io.rekindle.starter.Console;
import io.rekindle.starter.ExitCode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Prototype
@Command(
    name = "iam",
    description = {
      "Tells what IAM must allow for exactly this plan, and why: policies for each role, trust"
          + " policies, and what must be there beforehand.",
      "Nothing is asked of AWS. What only a run will know, such as the names of what it makes, is a"
          + " wildcard in just that place of an ARN."
    },
    mixinStandardHelpOptions = true)
final class IamCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(paramLabel = "PLAN", description = "The plan file.")
  private Path file = Path.of("");

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description =
          "Only what one role needs: readiness, recovery, fence, failback, drill or worker.")
  private @Nullable Duty duty;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table, for people; json, with the policies; default: ${DEFAULT-VALUE}.",
      defaultValue = "table")
  private Format format = Format.TABLE;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Gives a parameter a value; steps that it leaves out need nothing.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(
      names = "--principal",
      paramLabel = "ARN",
      description = "Who the worker is, for the trust policies; default: ${DEFAULT-VALUE}.",
      defaultValue = "arn:PARTITION:iam::ACCOUNT:role/WORKER")
  private String principal = "";

  @Mixin private OutputOption output = new OutputOption();

  /** How it is written. */
  enum Format {
    TABLE,
    JSON
  }

  IamCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Plan plan = PlanFile.read(file);
    check(plan);
    IamReport report = new IamReport(plan, policies(plan), principal);
    boolean json = format == Format.JSON || output.kind == Output.JSON;
    List<Duty> duties = duty == null ? Arrays.asList(Duty.values()) : List.of(duty);
    if (json) {
      console.json(report.json(duties));
    } else {
      report.print(console, duties);
    }
    return ExitCode.DONE.code();
  }

  private void check(Plan plan) {
    set.keySet()
        .forEach(name -> Inputs.known("--set", "parameter", name, plan.parameters().keySet()));
    plan.parameters()
        .forEach((name, parameter) -> {
          String value = set.get(name);
          if (value != null && !parameter.takes(parameter.given(value))) {
            throw new BadInput(
                "--set %s: expected %s, found '%s'.".formatted(name, parameter.expects(), value));
          }
        });
  }

  private Policies policies(Plan plan) {
    try {
      return Policies.of(plan, set);
    } catch (NotForeseen unknown) {
      throw new BadInput(unknown.sentence());
    }
  }
}
