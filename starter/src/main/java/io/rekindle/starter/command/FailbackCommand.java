package io.rekindle.starter.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.context.annotation.Prototype;
import io.rekindle.plan.Trees;
import io.rekindle.run.Decision;
import io.rekindle.starter.Console;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Prototype
@Command(
    name = "failback",
    description = {
      "Brings an application that serves from the recovery Region back to the primary one, by the"
          + " failback of its plan.",
      "While a failover does not come to its end although traffic has moved, takes the quick way"
          + " back: traffic goes home, and what the failover did is undone. It is refused where"
          + " what was brought back has taken writes, or may have, unless --accept names it."
    },
    mixinStandardHelpOptions = true)
final class FailbackCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private DecisionOptions decision = new DecisionOptions();

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "PLAN",
      description =
          "Another plan to take from here on: it keeps the application, the Regions and the steps"
              + " that were performed. Default: the plan of the run.")
  private @Nullable Path plan;

  @Option(
      names = "--accept",
      paramLabel = "NAME",
      description =
          "Accepts on the quick way back that what was written to a store is lost, such as"
              + " writes:database, or says that traffic was taken home by hand, such as"
              + " traffic:dns. May be repeated.")
  private List<String> accept = new ArrayList<>();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
  private @Nullable String reason;

  FailbackCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    JsonNode other = plan == null ? null : Trees.json(PlanFile.read(plan).source());
    return decision.send(
        console, (by, run) -> new Decision.Failback(other, accept, reason, by, run));
  }
}
