package io.rekindle.starter.command;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rekindle.plan.Plan;
import io.rekindle.run.Decision;
import io.rekindle.run.Drill;
import io.rekindle.run.Failover;
import io.rekindle.starter.run.DrillSchedule;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A command for the stock {@code temporal} command line. */
record TemporalCommand(List<String> words) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_DEFAULT, JsonInclude.Include.ALWAYS))
          .build();

  /**
   * @param input how the request is given, such as {@code --input JSON}
   */
  static TemporalCommand start(Plan plan, List<String> input) {
    return new TemporalCommand(
        Stream.concat(
                Stream.of(
                    "temporal",
                    "workflow",
                    "start",
                    "--type",
                    Failover.TYPE,
                    "--task-queue",
                    Failover.TASK_QUEUE,
                    "--workflow-id",
                    Failover.ID_PREFIX + plan.application(),
                    "--static-summary",
                    "Fail " + plan.application() + " over",
                    "--fail-existing"),
                input.stream())
            .toList());
  }

  /** What {@code rekindle drill schedule} makes of one drill. */
  static TemporalCommand schedule(DrillSchedule drill, List<String> input) {
    return new TemporalCommand(
        Stream.concat(
                Stream.of(
                    "temporal",
                    "schedule",
                    "create",
                    "--schedule-id",
                    drill.id(),
                    "--cron",
                    drill.cron(),
                    "--time-zone",
                    drill.drill().timeZone().getId(),
                    "--jitter",
                    drill.jitter().toSeconds() + "s",
                    "--catchup-window",
                    DrillSchedule.CATCH_UP.toMinutes() + "m",
                    "--overlap-policy",
                    "Skip",
                    "--pause-on-failure",
                    "--notes",
                    drill.origin(),
                    "--type",
                    Drill.TYPE,
                    "--task-queue",
                    Drill.TASK_QUEUE,
                    "--workflow-id",
                    drill.id(),
                    "--static-summary",
                    drill.summary()),
                input.stream())
            .toList());
  }

  static TemporalCommand signal(String application, Decision decision) {
    try {
      return new TemporalCommand(
          List.of(
              "temporal",
              "workflow",
              "signal",
              "--workflow-id",
              Failover.ID_PREFIX + application,
              "--name",
              decision.verb(),
              "--input",
              JSON.writeValueAsString(decision)));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** As a POSIX shell reads it. */
  String line() {
    return words.stream().map(TemporalCommand::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return word.matches("[\\w/.:=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
