package io.rekindle.run;

import io.rekindle.plan.Mode;
import io.rekindle.plan.shape.Shapes;
import io.rekindle.run.StepState.Status;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributeUpdate;
import io.temporal.workflow.Workflow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What people see of a run in Temporal's own tools: durable search attributes, set only when they
 * change, and a table in the current details, which costs no history.
 */
public final class Visibility {
  public static final SearchAttributeKey<String> APPLICATION =
      SearchAttributeKey.forKeyword("RekindleApplication");
  public static final SearchAttributeKey<String> PHASE =
      SearchAttributeKey.forKeyword("RekindlePhase");
  public static final SearchAttributeKey<String> MODE =
      SearchAttributeKey.forKeyword("RekindleMode");
  public static final SearchAttributeKey<String> OUTCOME =
      SearchAttributeKey.forKeyword("RekindleOutcome");
  public static final SearchAttributeKey<String> BLOCKED_ON =
      SearchAttributeKey.forKeyword("RekindleBlockedOn");

  /** All of them: a server must know them before it takes a run. */
  public static final List<SearchAttributeKey<String>> ALL =
      List.of(APPLICATION, PHASE, MODE, OUTCOME, BLOCKED_ON);

  private static final String NOTHING = "none";

  private final Mode mode;
  private final Map<SearchAttributeKey<String>, String> shown = new HashMap<>();

  Visibility(Mode mode) {
    this.mode = mode;
  }

  void show(RunState state) {
    Workflow.setCurrentDetails(table(state));
    List<SearchAttributeUpdate<?>> updates =
        ALL.stream()
            .filter(key -> !value(key, state).equals(shown.get(key)))
            .<SearchAttributeUpdate<?>>map(key -> key.valueSet(value(key, state)))
            .toList();
    if (!updates.isEmpty()) {
      ALL.forEach(key -> shown.put(key, value(key, state)));
      Workflow.upsertTypedSearchAttributes(updates.toArray(SearchAttributeUpdate[]::new));
    }
  }

  private String value(SearchAttributeKey<String> key, RunState state) {
    if (key.equals(APPLICATION)) {
      return state.application();
    }
    if (key.equals(PHASE)) {
      return state.phase().name();
    }
    if (key.equals(MODE)) {
      return mode.name();
    }
    return key.equals(OUTCOME) ? Objects.toString(state.outcome(), NOTHING) : blockedOn(state);
  }

  private static String blockedOn(RunState state) {
    return state.steps().stream()
        .filter(step -> step.status() == Status.BLOCKED || step.status() == Status.ASKING)
        .map(StepState::id)
        .findFirst()
        .orElse(NOTHING);
  }

  /** Markdown, as the Web UI shows it. */
  static String table(RunState state) {
    StringBuilder table = new StringBuilder();
    table.append("**").append(state.application()).append("** is ").append(state.phase());
    if (state.outcome() != null) {
      table.append(", ").append(state.outcome());
    }
    table
        .append(" (run ")
        .append(state.run())
        .append(")\n\n| step | state | note |\n|---|---|---|\n");
    for (StepState step : state.steps()) {
      table
          .append("| ")
          .append(step.id())
          .append(" | ")
          .append(Shapes.word(step.status()))
          .append(" | ")
          .append(step.note() == null ? "" : step.note().replace("|", "/").replace("\n", " "))
          .append(" |\n");
    }
    return table.toString();
  }
}
