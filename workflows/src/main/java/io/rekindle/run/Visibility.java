package io.rekindle.run;

import io.rekindle.plan.shape.Durations;
import io.rekindle.plan.shape.Shapes;
import io.rekindle.run.RunState.OpenFence;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Task;
import io.rekindle.run.StepState.Status;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributeUpdate;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What Temporal's own tools show of a run: attributes to search by, and a table to read. */
final class Visibility {
  private static final SearchAttributeKey<String> APPLICATION = keyword("RekindleApplication");
  private static final SearchAttributeKey<String> RUN = keyword("RekindleRun");
  private static final SearchAttributeKey<String> PHASE = keyword("RekindlePhase");
  private static final SearchAttributeKey<String> MODE = keyword("RekindleMode");
  private static final SearchAttributeKey<String> RECOVERY = keyword("RekindleRecoveryRegion");
  private static final SearchAttributeKey<String> BLOCKED_ON = keyword("RekindleBlockedOn");
  private static final SearchAttributeKey<String> OUTCOME = keyword("RekindleOutcome");

  static final List<String> ATTRIBUTES =
      List.of(APPLICATION, RUN, PHASE, MODE, RECOVERY, BLOCKED_ON, OUTCOME).stream()
          .map(SearchAttributeKey::getName)
          .toList();

  /** The columns of the Web UI are narrow. */
  private static final DateTimeFormatter TIME_OF_DAY =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The bytes of a note that are shown in a row. */
  private static final int NOTE = 400;

  private final RunPlan plan;
  private final RunBook book;
  private final Map<SearchAttributeKey<String>, String> shown = new LinkedHashMap<>();
  private @Nullable RunState seen;

  Visibility(Run run) {
    this.plan = run.plan();
    this.book = run.book();
  }

  private static SearchAttributeKey<String> keyword(String name) {
    return SearchAttributeKey.forKeyword(name);
  }

  /** Shows every change of the book from now on. */
  void watch() {
    show();
    Async.procedure(() -> {
      while (true) {
        Workflow.await(() -> book.state() != seen);
        show();
      }
    });
  }

  /** Shows what there is right now: for the last moment of a run. */
  void show() {
    seen = book.state();
    Workflow.setCurrentDetails(details());
    List<SearchAttributeUpdate<?>> updates =
        attributes().entrySet().stream()
            .filter(entry -> !entry.getValue().equals(shown.getOrDefault(entry.getKey(), "")))
            .<SearchAttributeUpdate<?>>map(Visibility::update)
            .toList();
    if (!updates.isEmpty()) {
      shown.putAll(attributes());
      Workflow.upsertTypedSearchAttributes(updates.toArray(SearchAttributeUpdate<?>[]::new));
    }
  }

  private static SearchAttributeUpdate<String> update(
      Map.Entry<SearchAttributeKey<String>, String> entry) {
    return entry.getValue().isEmpty()
        ? entry.getKey().valueUnset()
        : entry.getKey().valueSet(entry.getValue());
  }

  private Map<SearchAttributeKey<String>, String> attributes() {
    Map<SearchAttributeKey<String>, String> values = new LinkedHashMap<>();
    values.put(APPLICATION, book.application());
    values.put(RUN, book.run());
    values.put(PHASE, book.phase().name());
    values.put(MODE, plan.terms().mode().name());
    values.put(RECOVERY, plan.terms().recovery().region().value());
    values.put(BLOCKED_ON, Limit.KEYWORD.join(" ", blocked()));
    values.put(OUTCOME, book.outcome().map(Outcome::name).orElse(""));
    return values;
  }

  private List<String> blocked() {
    return Stream.concat(
            book.steps().stream()
                .filter(step -> step.status() == Status.BLOCKED || step.status() == Status.ASKING)
                .map(StepState::id),
            book.fences().open().stream()
                .filter(fence -> fence.waits() != null)
                .map(OpenFence::fence))
        .toList();
  }

  private String details() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "**"
            + book.application()
            + "** run `"
            + book.run()
            + "`: "
            + book.phase()
            + book.outcome().map(outcome -> ", " + outcome).orElse("")
            + (book.isPaused() ? ", paused" : "")
            + "; began "
            + book.state().clocks().declared().truncatedTo(ChronoUnit.SECONDS)
            + ", all times UTC");
    book.ending().ifPresent(why -> lines.add("\n" + why));
    if (book.state().doubt() != null) {
      lines.add("\nUnverified: " + book.state().doubt());
    }
    if (book.state().stayed() != null) {
      lines.add("\nThe way back was given up: " + book.state().stayed());
    }
    book.fences().open().stream().map(Visibility::unfenced).forEach(lines::add);
    lines.addAll(questions());
    book.state().tasks().stream().map(Visibility::task).forEach(lines::add);
    lines.add("\n| step | status | started | ended | note |");
    lines.add("|---|---|---|---|---|");
    book.steps().stream().map(Visibility::row).forEach(lines::add);
    return Limit.DETAILS.join("\n", lines);
  }

  private List<String> questions() {
    List<Gate> open = book.openGates();
    List<String> prospects = open.isEmpty() ? List.of() : Prospects.of(book.state());
    return open.stream().map(gate -> question(gate, prospects)).toList();
  }

  /** Everything that is needed to decide, in one place. */
  private String question(Gate gate, List<String> prospects) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "\nGate `%s` is open until %s: %s (%d of %d agreed)"
            .formatted(
                gate.id(), gate.expires(), gate.question(), gate.agreed().size(), gate.quorum()));
    book.state()
        .evidence()
        .forEach(probe ->
            lines.add(
                "- probe `%s`: %s, %s"
                    .formatted(probe.probe(), Shapes.word(probe.verdict()), probe.seen())));
    prospects.forEach(sentence -> lines.add("- " + sentence));
    lines.add("- a yes to this is a yes to `" + gate.shown() + "`");
    lines.add("- after a yes it typically takes " + Durations.format(gate.outlook().left()));
    if (!gate.outlook().oneWay().isEmpty()) {
      lines.add("- cannot be undone: " + String.join(", ", gate.outlook().oneWay()));
    }
    return String.join("\n", lines);
  }

  private static String unfenced(OpenFence open) {
    return "\nNot fenced yet: `%s`, tried since %s until it holds%s"
        .formatted(
            open.fence(),
            open.since().truncatedTo(ChronoUnit.SECONDS),
            open.waits() == null ? "" : "; now it waits for a person: " + open.waits());
  }

  private static String task(Task task) {
    return "\nTask `%s`%s, expected by %s: %s"
        .formatted(
            task.id(), task.forOwner(), task.late().truncatedTo(ChronoUnit.SECONDS), task.says());
  }

  private static String row(StepState step) {
    return List.of(
            step.id(),
            Shapes.word(step.status()),
            time(step.started()),
            time(step.ended()),
            cell(Limit.SENTENCE.cut(Objects.toString(step.note(), ""), NOTE)))
        .stream()
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  private static String time(@Nullable Instant instant) {
    return instant == null ? "" : TIME_OF_DAY.format(instant);
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
