package io.rekindle.starter.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micronaut.context.annotation.Prototype;
import io.rekindle.plan.Mode;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Step;
import io.rekindle.plan.Trees;
import io.rekindle.run.Failover;
import io.rekindle.run.FailoverRequest;
import io.rekindle.starter.BadInput;
import io.rekindle.starter.Console;
import io.rekindle.starter.ExitCode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Prototype
@Command(
    name = "request",
    description = {
      "Prints what a failover is started with, as JSON, and the whole command that starts it with"
          + " the temporal command line.",
      "Nothing is started."
    },
    mixinStandardHelpOptions = true)
final class RequestCommand implements Callable<Integer> {
  private static final JsonMapper JSON =
      JsonMapper.builder().defaultPropertyInclusion(nonEmpty()).build();

  private final Console console;

  @Parameters(paramLabel = "PLAN", description = "The plan file.")
  private Path file = Path.of("");

  @Option(
      names = "--mode",
      description = "outage or planned; default: ${DEFAULT-VALUE}.",
      defaultValue = "outage")
  private Mode mode = Mode.OUTAGE;

  @Option(
      names = "--reason",
      description = "Why; default: ${DEFAULT-VALUE}.",
      defaultValue = "started by hand")
  private String reason = "started by hand";

  @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Gives a parameter a value.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(names = "--without", paramLabel = "STEP", description = "Leaves a step out.")
  private List<String> without = List.of();

  @Option(
      names = "--output",
      description = "For whom to print: ${COMPLETION-CANDIDATES}.",
      defaultValue = "text")
  private Output output = Output.TEXT;

  RequestCommand(Console console) {
    this.console = console;
  }

  private static JsonInclude.Value nonEmpty() {
    return JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS);
  }

  @Override
  public Integer call() throws JsonProcessingException {
    Plan plan = PlanFile.read(file);
    check(plan);
    JsonNode request = JSON.valueToTree(request(plan));
    List<String> command = command(plan, JSON.writeValueAsString(request));
    switch (output) {
      case TEXT -> {
        console.json(request);
        console.line();
        console.line(command.stream().map(RequestCommand::quoted).collect(Collectors.joining(" ")));
      }
      case JSON -> console.json(new Json(request, command));
    }
    return ExitCode.DONE.code();
  }

  private void check(Plan plan) {
    if (mode == Mode.DRILL) {
      throw new BadInput("--mode is outage or planned: a failover is no drill.");
    }
    List<String> steps = plan.failover().stream().map(Step::id).toList();
    without.forEach(step -> Inputs.known("--without", "step", step, steps));
    set.forEach((name, value) -> Inputs.parameter(plan, name, value));
  }

  private FailoverRequest request(Plan plan) {
    return new FailoverRequest(
        Trees.json(plan.source()),
        mode,
        reason,
        null,
        set,
        without,
        Map.of(),
        Map.of(),
        null,
        null,
        null,
        null,
        false,
        null);
  }

  private static List<String> command(Plan plan, String input) {
    return List.of(
        "temporal",
        "workflow",
        "start",
        "--type",
        "Failover",
        "--task-queue",
        "rekindle",
        "--workflow-id",
        Failover.ID_PREFIX + plan.application(),
        "--static-summary",
        "Fail " + plan.application() + " over",
        "--fail-existing",
        "--input",
        input);
  }

  /** As a POSIX shell reads it. */
  private static String quoted(String word) {
    return word.matches("[\\w/.:=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  record Json(JsonNode request, List<String> command) {}
}
