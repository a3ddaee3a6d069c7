package io.rekindle.starter.command;

import io.rekindle.plan.Plan;
import io.rekindle.plan.shape.Shapes;
import io.rekindle.run.StepState;
import io.rekindle.starter.Console;
import io.rekindle.starter.Console.Style;
import io.rekindle.starter.rehearse.Rehearsed;
import io.rekindle.starter.rehearse.Rehearsed.Ending;
import io.rekindle.starter.rehearse.Rehearsed.Played;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A rehearsal as people and scripts read it. */
record RehearsalReport(Rehearsed rehearsed, long seed) {

  void print(Console console) {
    console.line(console.styled(Style.BOLD, title()));
    console.line();
    timeline(console);
    console.line();
    bars(console);
    console.line();
    console.line(console.styled(Style.BOLD, "Critical path  ") + criticalPath());
    console.line();
    verdicts().forEach(verdict -> console.line(verdict.label() + "  " + styled(console, verdict)));
    console.line();
    console.line("changes applied: " + rehearsed.changes().size());
    console.line("repeated changes: " + rehearsed.repeated());
    if (rehearsed.repeatedMessages() > 0) {
      console.line("repeated messages: " + rehearsed.repeatedMessages());
    }
    if (rehearsed.crashed()) {
      console.line("the worker was killed once; another one went on");
    }
    ending(console);
  }

  String title() {
    return "%s, failover, %s: rehearsed, seed %d"
        .formatted(rehearsed.plan().application(), Shapes.word(rehearsed.request().mode()), seed);
  }

  private int nameWidth() {
    return rehearsed.steps().stream().mapToInt(each -> each.step().id().length()).max().orElse(4);
  }

  private void timeline(Console console) {
    String row = "  %-" + nameWidth() + "s %8s %8s  %-8s  %s";
    console.line(
        console.styled(
            Style.BOLD, row.formatted("step", "start", "end", "attempts", "what happened")));
    for (Played each : rehearsed.steps()) {
      String line =
          row.formatted(
              each.step().id(),
              time(rehearsed.start(each)),
              time(rehearsed.end(each)),
              each.attempts() == 0 ? "" : String.valueOf(each.attempts()),
              happened(each));
      console.line(line.stripTrailing());
    }
  }

  static String time(Optional<Duration> time) {
    return time.map(Bars::time).orElse("");
  }

  String happened(Played played) {
    StepState state = played.state();
    List<String> parts = new ArrayList<>();
    parts.add(Shapes.word(state.status()));
    if (!played.changes().isEmpty()) {
      parts.add(String.join(", ", played.changes()));
    }
    if (state.note() != null) {
      parts.add(state.note());
    }
    return String.join("; ", parts);
  }

  private void bars(Console console) {
    double total = Math.max(1, rehearsed.lasted().toMillis());
    int room = Math.max(20, console.width() - nameWidth() - 8);
    for (Played each : rehearsed.steps()) {
      Optional<Duration> start = rehearsed.start(each);
      if (start.isPresent()) {
        Duration end = rehearsed.end(each).orElse(rehearsed.lasted());
        String bar = Bars.bar(start.get().toMillis() / total, end.toMillis() / total, room);
        console.line(
            ("  %-" + nameWidth() + "s |%-" + room + "s|").formatted(each.step().id(), bar));
      }
    }
  }

  String criticalPath() {
    return String.join(" > ", rehearsed.critical());
  }

  /** One clock or objective, and whether it is as it should be; absent where nothing is asked. */
  record Verdict(String label, String sentence, Optional<Boolean> good) {}

  private static String styled(Console console, Verdict verdict) {
    return verdict
        .good()
        .map(good -> console.styled(good ? Style.GREEN : Style.RED, verdict.sentence()))
        .orElse(verdict.sentence());
  }

  List<Verdict> verdicts() {
    List<Verdict> verdicts = new ArrayList<>();
    clock("decided", rehearsed.state().clocks().decided()).ifPresent(verdicts::add);
    clock("fenced", rehearsed.state().clocks().fenced()).ifPresent(verdicts::add);
    clock("serving", rehearsed.state().clocks().serving()).ifPresent(verdicts::add);
    verdicts.add(new Verdict("RTO", recoveryTime(), metTime()));
    verdicts.add(new Verdict("RPO", dataLoss(), metLoss()));
    for (Plan.Store store : rehearsed.plan().stores()) {
      if (store.step() == null) {
        String accepted =
            store.accepted() == null ? "not accepted" : "accepted: " + store.accepted();
        verdicts.add(
            new Verdict(
                "store",
                store.id() + " has no copy, its loss is unbounded; " + accepted,
                Optional.empty()));
      }
    }
    int width = verdicts.stream().mapToInt(each -> each.label().length()).max().orElse(0);
    return verdicts.stream()
        .map(each ->
            new Verdict(("%-" + width + "s").formatted(each.label()), each.sentence(), each.good()))
        .toList();
  }

  private Optional<Verdict> clock(String label, @Nullable Instant at) {
    return at == null
        ? Optional.empty()
        : Optional.of(
            new Verdict(
                label,
                "after " + Bars.time(Duration.between(rehearsed.began(), at)),
                Optional.empty()));
  }

  private Optional<Duration> rto() {
    Plan.Objectives objectives = rehearsed.plan().objectives();
    return objectives == null ? Optional.empty() : Optional.ofNullable(objectives.rto());
  }

  private Optional<Duration> rpo() {
    Plan.Objectives objectives = rehearsed.plan().objectives();
    return objectives == null ? Optional.empty() : Optional.ofNullable(objectives.rpo());
  }

  private boolean recovered() {
    return rehearsed.ending() == Ending.RECOVERED;
  }

  private Optional<Boolean> metTime() {
    return rto().map(limit -> recovered() && rehearsed.lasted().compareTo(limit) <= 0);
  }

  private String recoveryTime() {
    if (!recovered()) {
      return "not met: the application does not serve";
    }
    String took = Bars.time(rehearsed.lasted()) + " from the start of the run";
    return rto()
        .map(limit -> {
          Duration over = rehearsed.lasted().minus(limit);
          return over.isPositive()
              ? took + "; the objective of " + Bars.time(limit) + " is missed by " + Bars.time(over)
              : took + "; the objective of " + Bars.time(limit) + " is met";
        })
        .orElse(took + "; the plan has no objective");
  }

  private Optional<Boolean> metLoss() {
    return rpo().flatMap(limit -> rehearsed.loss().map(loss -> loss.compareTo(limit) <= 0));
  }

  private String dataLoss() {
    return rehearsed
        .loss()
        .map(loss ->
            Bars.time(loss)
                + " of data, as rehearsed: the age of a copy is made up here"
                + rpo()
                    .map(limit ->
                        "; the objective of "
                            + Bars.time(limit)
                            + (loss.compareTo(limit) <= 0 ? " is met" : " is missed"))
                    .orElse(""))
        .orElse("unknown: no step restores from a copy of known age");
  }

  private void ending(Console console) {
    switch (rehearsed.ending()) {
      case RECOVERED -> console.line(console.styled(Style.GREEN, "RECOVERED"));
      case FAILED -> {
        console.line(console.styled(Style.RED, outcome()));
        console.line(rehearsed.why());
      }
      case BLOCKED -> {
        console.line(console.styled(Style.YELLOW, "BLOCKED"));
        console.line(rehearsed.why());
        console.line();
        console.line("In a real run a person could now say one of:");
        next().ours().forEach(command -> console.line("  " + command));
        console.line("or the same with the temporal command line:");
        next().temporal().forEach(command -> console.line("  " + command));
      }
    }
  }

  String outcome() {
    return switch (rehearsed.ending()) {
      case RECOVERED -> "RECOVERED";
      case BLOCKED -> "BLOCKED";
      case FAILED ->
          rehearsed.state().outcome() == null ? "FAILED" : rehearsed.state().outcome().name();
    };
  }

  /** What a person could say next. */
  NextCommands next() {
    return rehearsed.ending() == Ending.BLOCKED
        ? NextCommands.in(rehearsed.state())
        : NextCommands.NONE;
  }

  Json json() {
    return new Json(
        rehearsed.plan().application().value(),
        Shapes.word(rehearsed.request().mode()),
        seed,
        outcome(),
        rehearsed.why(),
        rehearsed.lasted().toSeconds(),
        rto().map(Duration::toSeconds).orElse(null),
        metTime().orElse(null),
        rehearsed.loss().map(Duration::toSeconds).orElse(null),
        metLoss().orElse(null),
        rehearsed.changes().size(),
        rehearsed.repeated(),
        rehearsed.repeatedMessages(),
        rehearsed.crashed(),
        rehearsed.critical(),
        rehearsed.steps().stream().map(this::json).toList(),
        next().ours(),
        next().temporal());
  }

  private StepJson json(Played each) {
    return new StepJson(
        each.step().id(),
        each.step().uses(),
        Shapes.word(each.state().status()),
        rehearsed.start(each).map(Duration::toSeconds).orElse(null),
        rehearsed.end(each).map(Duration::toSeconds).orElse(null),
        each.attempts(),
        each.changes(),
        each.state().note());
  }

  /** Times are seconds. */
  record Json(
      String application,
      String mode,
      long seed,
      String outcome,
      String why,
      long lasted,
      @Nullable Long rto,
      @Nullable Boolean rtoMet,
      @Nullable Long loss,
      @Nullable Boolean rpoMet,
      int changes,
      long repeatedChanges,
      long repeatedMessages,
      boolean crashed,
      List<String> criticalPath,
      List<StepJson> steps,
      List<String> commands,
      List<String> signals) {}

  record StepJson(
      String id,
      String uses,
      String status,
      @Nullable Long start,
      @Nullable Long end,
      int attempts,
      List<String> changes,
      @Nullable String note) {}
}
