package io.rekindle.starter.command;

import io.rekindle.door.FailoverRequest;
import io.rekindle.plan.Mode;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Trees;
import io.rekindle.starter.BadInput;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what a failover is started with. */
final class RunOptions extends ChoiceOptions {
  @Option(
      names = "--give",
      paramLabel = "STEP.OUTPUT=VALUE",
      description = "What a step that is left out would have given to others.")
  private Map<String, String> given = new LinkedHashMap<>();

  @Option(
      names = "--before",
      paramLabel = "TIME",
      description = "Restores nothing that is later, such as 2026-11-21T03:00:00Z.")
  private @Nullable String before;

  @Option(
      names = "--point",
      paramLabel = "STEP=ARN",
      description = "The snapshot or recovery point that a step restores.")
  private Map<String, String> points = new LinkedHashMap<>();

  @Option(names = "--reason", paramLabel = "TEXT", description = "Why.")
  private @Nullable String reason;

  @Option(names = "--incident", paramLabel = "ID", description = "Where the incident is recorded.")
  private @Nullable String incident;

  @Option(
      names = "--impact-at",
      paramLabel = "TIME",
      description = "When people first noticed; the clocks begin there.")
  private @Nullable String impactAt;

  /** Throws {@link BadInput} with everything that does not fit the plan. */
  FailoverRequest request(Plan plan, String usualReason, @Nullable String requester) {
    FailoverRequest request = asked(plan, usualReason, requester);
    check(plan, request);
    return request;
  }

  /** Whether anything was asked for. */
  boolean isGiven() {
    return mode != Mode.OUTAGE
        || !set.isEmpty()
        || !without.isEmpty()
        || !given.isEmpty()
        || !points.isEmpty()
        || Stream.of(to, before, impactAt, reason, incident).anyMatch(Objects::nonNull);
  }

  /** What was asked for, whether it fits the plan or not. */
  FailoverRequest asked(Plan plan, String usualReason, @Nullable String requester) {
    return new FailoverRequest(
        Trees.json(plan.source()),
        mode,
        reason == null ? usualReason : reason,
        to,
        set,
        without,
        outputs(),
        points,
        time("--before", before),
        incident,
        time("--impact-at", impactAt),
        requester,
        false);
  }

  private Map<String, Map<String, String>> outputs() {
    Map<String, Map<String, String>> outputs = new LinkedHashMap<>();
    given.forEach((name, value) -> {
      int dot = name.indexOf('.');
      if (dot < 1 || dot == name.length() - 1) {
        throw new BadInput(
            "--give " + name + ": write STEP.OUTPUT=VALUE, such as database.endpoint=10.0.0.7.");
      }
      outputs
          .computeIfAbsent(name.substring(0, dot), step -> new LinkedHashMap<>())
          .put(name.substring(dot + 1), value);
    });
    return outputs;
  }

  private static @Nullable Instant time(String option, @Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException wrong) {
      throw new BadInput(option + ": '" + text + "' is not a time such as 2026-11-21T03:00:00Z.");
    }
  }
}
