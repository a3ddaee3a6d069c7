package io.rekindle.starter.command;

import io.rekindle.run.RunState.Outcome;
import io.rekindle.starter.Console;
import io.rekindle.starter.Console.Style;
import io.rekindle.starter.run.DrillSchedule;
import io.rekindle.starter.run.ScheduledDrill;
import io.rekindle.starter.run.ScheduledDrill.Past;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Scheduled drills on a terminal: when they come, how the last one went, and which are late. */
final class DrillPage {
  private static final Duration MANY_HOURS = Duration.ofHours(48);
  private static final int LONGEST_NOTE = 300;
  private static final String DRILLED = Outcome.DRILLED.name();

  private final Console console;
  private final Instant now;

  DrillPage(Console console, Instant now) {
    this.console = console;
    this.now = now;
  }

  List<String> lines(List<ScheduledDrill> drills) {
    if (drills.isEmpty()) {
      return List.of("No drill is scheduled; `rekindle drill schedule PLAN` does it.");
    }
    List<String> lines = new ArrayList<>();
    drills.stream()
        .collect(
            Collectors.groupingBy(ScheduledDrill::application, TreeMap::new, Collectors.toList()))
        .forEach((application, its) -> {
          lines.add(console.styled(Style.BOLD, application));
          table(its, lines);
        });
    return lines;
  }

  private void table(List<ScheduledDrill> drills, List<String> lines) {
    String row =
        "  %-"
            + drills.stream().mapToInt(drill -> drill.name().length()).max().orElse(0)
            + "s  %-"
            + drills.stream().mapToInt(drill -> when(drill).length()).max().orElse(0)
            + "s  %-20s  %s";
    lines.add(console.styled(Style.BOLD, row.formatted("drill", "when", "next", "last")));
    for (ScheduledDrill drill : drills) {
      lines.add(row.formatted(drill.name(), when(drill), next(drill), last(drill)));
      notes(drill, lines);
    }
  }

  private static String when(ScheduledDrill drill) {
    return (drill.cron().isEmpty() ? "as Temporal shows" : drill.cron()) + " " + drill.timeZone();
  }

  private static String next(ScheduledDrill drill) {
    return drill.paused().isPresent()
        ? "paused"
        : drill.next().stream()
            .findFirst()
            .map(time -> time.truncatedTo(ChronoUnit.SECONDS).toString())
            .orElse("never");
  }

  private String last(ScheduledDrill drill) {
    if (drill.last().isEmpty()) {
      return drill.success().isEmpty() ? "not run yet, " + punctual(drill) : success(drill);
    }
    Past last = drill.last().get();
    if (last.isOpen()) {
      return "running for " + age(last.began()) + "; " + success(drill);
    }
    return last.outcome().equals(DRILLED)
        ? DRILLED + " " + ago(last) + ", " + punctual(drill)
        : last.outcome() + " " + ago(last) + "; " + success(drill);
  }

  private String success(ScheduledDrill drill) {
    return drill.success().map(past -> "last success " + ago(past)).orElse("no success yet")
        + ", "
        + punctual(drill);
  }

  private String punctual(ScheduledDrill drill) {
    return drill
        .dueSince()
        .map(due -> console.styled(Style.RED, age(due) + " late"))
        .orElse("on time");
  }

  private String ago(Past past) {
    return age(past.ended().orElse(past.began())) + " ago";
  }

  private String age(Instant since) {
    Duration age = Duration.between(since, now);
    if (age.compareTo(Duration.ofMinutes(1)) < 0) {
      return Console.count(Math.max(0, age.toSeconds()), "second");
    }
    if (age.compareTo(Duration.ofHours(1)) < 0) {
      return Console.count(age.toMinutes(), "minute");
    }
    return age.compareTo(MANY_HOURS) < 0
        ? Console.count(age.toHours(), "hour")
        : Console.count(age.toDays(), "day");
  }

  private static void notes(ScheduledDrill drill, List<String> lines) {
    drill.paused().ifPresent(why -> lines.add("    paused: " + oneLine(why)));
    if (drill.skipped() > 0) {
      lines.add(
          "    %s skipped: the one before was still running"
              .formatted(Console.count(drill.skipped(), "time")));
    }
    if (drill.missed() > 0) {
      lines.add(
          "    %s missed: the server was down for more than %d minutes"
              .formatted(
                  Console.count(drill.missed(), "time"), DrillSchedule.CATCH_UP.toMinutes()));
    }
    drill
        .success()
        .filter(past -> !past.outcome().equals(DRILLED))
        .ifPresent(past ->
            lines.add(
                "    of its last success the server remembers no more than that it completed"));
  }

  /** A note may hold all that a drill said when it failed. */
  private static String oneLine(String note) {
    String line = note.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST_NOTE ? line : line.substring(0, LONGEST_NOTE) + " …";
  }
}
