package io.rekindle.starter.command;

import io.rekindle.plan.shape.Shapes;
import io.rekindle.run.Gate;
import io.rekindle.run.Prospects;
import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Clocks;
import io.rekindle.run.RunState.OpenFence;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.RunState.Task;
import io.rekindle.run.StepState;
import io.rekindle.starter.Console;
import io.rekindle.starter.Console.Style;
import io.rekindle.starter.run.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run on a terminal: where it is, what it waits for, what people can say. */
final class RunPage {
  private final Console console;
  private final Seen seen;

  RunPage(Console console, Seen seen) {
    this.console = console;
    this.seen = seen;
  }

  void print() {
    lines().forEach(console::line);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(console.styled(Style.BOLD, title()));
    if (seen.state().isEmpty()) {
      lines.add("");
      lines.add(
          "No worker answered; this is all the server knows. It keeps decisions until one does.");
    }
    seen.state().ifPresent(state -> run(state, lines));
    return lines;
  }

  private String title() {
    return seen.application()
        + ", run "
        + seen.run()
        + ": "
        + seen.phase()
        + seen.state().map(RunState::outcome).map(outcome -> ", " + outcome).orElse("")
        + (seen.isOpen()
            ? ""
            : " (" + seen.status().toLowerCase(Locale.ROOT).replace('_', ' ') + ")")
        + seen.state().filter(RunState::paused).map(paused -> ", paused").orElse("");
  }

  private void run(RunState state, List<String> lines) {
    if (state.ending() != null) {
      lines.add(state.ending());
    }
    if (state.stayed() != null) {
      lines.add("the way back was given up: " + state.stayed());
    }
    if (state.doubt() != null) {
      lines.add("unverified: " + state.doubt());
    }
    lines.add("");
    steps(state, lines);
    underWay(lines);
    state.openFences().forEach(fence -> lines.add(fence(fence)));
    clocks(state.clocks(), state.outcome() != Outcome.UNVERIFIED, lines);
    state.gates().stream().filter(Gate::open).forEach(gate -> gate(gate, state, lines));
    state.tasks().forEach(task -> lines.add(task(task)));
    state.rulings().stream()
        .skip(Math.max(0, state.rulings().size() - 3L))
        .forEach(ruling -> lines.add("  " + said(ruling)));
    List<String> next = NextCommands.in(state).ours();
    if (seen.isOpen() && !seen.isDrill() && !next.isEmpty()) {
      lines.add("");
      lines.add("Commands now:");
      next.forEach(word -> lines.add("  " + word));
    }
  }

  private void steps(RunState state, List<String> lines) {
    int width = state.steps().stream().mapToInt(step -> step.id().length()).max().orElse(4);
    String row = "  %-" + width + "s  %-8s %8s %8s  %s";
    lines.add(
        console.styled(
            Style.BOLD, row.formatted("step", "status", "start", "end", "note").stripTrailing()));
    for (StepState step : state.steps()) {
      lines.add(
          row.formatted(
                  step.id(),
                  Shapes.word(step.status()),
                  since(state, step.started()),
                  since(state, step.ended()),
                  Objects.requireNonNullElse(step.note(), ""))
              .stripTrailing());
    }
  }

  private static String since(RunState state, @Nullable Instant at) {
    return at == null ? "" : Bars.time(Duration.between(state.clocks().declared(), at));
  }

  /** What the last attempts said, while Temporal waits to make the next ones. */
  private void underWay(List<String> lines) {
    if (!seen.pending().isEmpty()) {
      lines.add("");
    }
    seen.pending()
        .forEach(pending ->
            lines.add(
                "  in progress: %s, attempt %d%s"
                    .formatted(
                        pending.activity(),
                        pending.attempt(),
                        pending.last().isEmpty() ? "" : ": " + pending.last())));
  }

  private String fence(OpenFence fence) {
    return console.styled(Style.YELLOW, "  not fenced yet: ")
        + OpenFences.said(fence)
        + OpenFences.tried(fence, seen.pending());
  }

  private static void clocks(Clocks clocks, boolean recovered, List<String> lines) {
    lines.add("");
    if (clocks.impact() != null) {
      lines.add("  impact   at " + clocks.impact() + "; the clocks begin there");
    }
    clock("decided", clocks.zero(), clocks.decided()).ifPresent(lines::add);
    clock("fenced", clocks.zero(), clocks.fenced()).ifPresent(lines::add);
    clock(recovered ? "serving" : "over", clocks.zero(), clocks.serving()).ifPresent(lines::add);
    clock("way back", clocks.zero(), clocks.returning()).ifPresent(lines::add);
    clock("home", clocks.zero(), clocks.home()).ifPresent(lines::add);
    clock("closed", clocks.zero(), clocks.closed()).ifPresent(lines::add);
  }

  private static Optional<String> clock(String name, Instant from, @Nullable Instant at) {
    return at == null
        ? Optional.empty()
        : Optional.of("  %-8s after %s".formatted(name, Bars.time(Duration.between(from, at))));
  }

  private void gate(Gate gate, RunState state, List<String> lines) {
    lines.add(
        console.styled(Style.YELLOW, "Gate '" + gate.id() + "': " + gate.question())
            + " ("
            + gate.agreed().size()
            + " of "
            + gate.quorum()
            + " agreed, open until "
            + gate.expires()
            + ")");
    state
        .evidence()
        .forEach(probe ->
            lines.add(
                "  probe %s: %s, %s"
                    .formatted(probe.probe(), Shapes.word(probe.verdict()), probe.seen())));
    Prospects.of(state).forEach(sentence -> lines.add("  " + sentence));
    lines.add("  about " + Bars.time(gate.outlook().left()) + " left after approval");
    if (!gate.outlook().oneWay().isEmpty()) {
      lines.add("  cannot be undone: " + String.join(", ", gate.outlook().oneWay()));
    }
  }

  private String task(Task task) {
    return console.styled(Style.YELLOW, "Task '" + task.id() + "': " + task.says())
        + " ("
        + (task.owner() == null ? "" : task.owner() + ", ")
        + "expected by "
        + task.late()
        + ")";
  }

  private static String said(Ruling ruling) {
    return (ruling.by() == null ? "somebody" : ruling.by())
        + " said "
        + ruling.verb()
        + (ruling.obeyed() ? ": " : ", refused: ")
        + ruling.sentence();
  }
}
