package io.rekindle.starter.command;

import io.micronaut.context.annotation.Prototype;
import io.rekindle.run.Decision;
import io.rekindle.starter.Console;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Prototype
@Command(
    name = "retry",
    description = {
      "Tries a blocked step again.",
      "On traffic that waits because a fence does not hold, it accepts that."
    },
    mixinStandardHelpOptions = true)
final class RetryCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private DecisionOptions decision = new DecisionOptions();

  @Parameters(index = "1", paramLabel = "STEP", description = "The blocked step.")
  private String step = "";

  @Option(
      names = "--set",
      paramLabel = "FIELD=VALUE",
      description =
          "Corrects a field of the step; the value is written as in a plan, lists and groups as"
              + " JSON.")
  private Map<String, String> set = new LinkedHashMap<>();

  @Option(names = "--anew", description = "Starts over under new names; keeps what was made.")
  private boolean anew;

  @Option(names = "--adopt", description = "Takes over what an earlier, ended run left.")
  private boolean adopt;

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the record.")
  private @Nullable String reason;

  RetryCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return decision.send(
        console,
        (by, run) -> new Decision.Retry(step, Fields.of(set), anew, adopt, reason, by, run));
  }
}
