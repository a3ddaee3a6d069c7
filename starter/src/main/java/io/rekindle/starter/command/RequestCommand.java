package io.rekindle.starter.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.annotation.Prototype;
import io.rekindle.plan.Plan;
import io.rekindle.starter.BadInput;
import io.rekindle.starter.Console;
import io.rekindle.starter.ExitCode;
import io.rekindle.starter.run.DrillSchedule;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
    name = "request",
    description = {
      "Prints what a failover is started with, as JSON, and the whole command that starts it with"
          + " the temporal command line; with --drill the same of a drill, and the command that"
          + " schedules it.",
      "Nothing is started."
    },
    mixinStandardHelpOptions = true)
final class RequestCommand implements Callable<Integer> {
  /** As the worker reads it. */
  private static final ObjectMapper JSON =
      JacksonJsonPayloadConverter.newDefaultObjectMapper().setDefaultPropertyInclusion(nonEmpty());

  /** Linux takes 128 KiB a word. */
  private static final int LONGEST = 100_000;

  private final Console console;

  @Parameters(paramLabel = "PLAN", description = "The plan file.")
  private Path file = Path.of("");

  @Mixin private RunOptions run = new RunOptions();

  @Option(
      names = "--drill",
      paramLabel = "DRILL",
      description = "A drill of the plan, to be scheduled; takes no option of a failover.")
  private @Nullable String drill;

  @Option(
      names = "--input-file",
      paramLabel = "FILE",
      description = "Writes the JSON there, and the command reads it: for long plans.")
  private String inputFile = "";

  @Mixin private OutputOption output = new OutputOption();

  RequestCommand(Console console) {
    this.console = console;
  }

  private static JsonInclude.Value nonEmpty() {
    return JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS);
  }

  @Override
  public Integer call() throws JsonProcessingException {
    Plan plan = PlanFile.read(file);
    return drill == null ? failover(plan) : drill(plan, drill);
  }

  private Integer failover(Plan plan) throws JsonProcessingException {
    JsonNode request = JSON.valueToTree(run.request(plan, "started by hand", null));
    return print(request, TemporalCommand.start(plan, input(JSON.writeValueAsString(request))));
  }

  private Integer drill(Plan plan, String name) throws JsonProcessingException {
    if (run.isGiven()) {
      throw new BadInput("--drill: the plan says all of a drill; leave the other options out.");
    }
    DrillSchedule wanted = new DrillSchedule(plan, DrillOfPlan.chosen(plan, name));
    JsonNode request = JSON.valueToTree(wanted.request());
    return print(
        request, TemporalCommand.schedule(wanted, input(JSON.writeValueAsString(request))));
  }

  private Integer print(JsonNode request, TemporalCommand command) {
    switch (output.kind) {
      case TEXT -> {
        console.json(request);
        console.line();
        console.line(command.line());
      }
      case JSON -> console.json(new Json(request, command.words()));
    }
    return ExitCode.DONE.code();
  }

  private List<String> input(String request) {
    if (inputFile.isEmpty()) {
      int bytes = request.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > LONGEST) {
        throw new BadInput(
            "The request has %,d bytes, which is too long for a command line; write it to a file"
                    .formatted(bytes)
                + " with --input-file FILE, and the command reads it from there.");
      }
      return List.of("--input", request);
    }
    try {
      Files.writeString(Path.of(inputFile), request);
      return List.of("--input-file", inputFile);
    } catch (IOException failed) {
      throw new BadInput(
          "--input-file " + inputFile + " could not be written: " + failed.getMessage());
    }
  }

  record Json(JsonNode request, List<String> command) {}
}
