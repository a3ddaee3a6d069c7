package io.rekindle.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.action.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a step is.
 *
 * @param made the changes that were begun, oldest first: what undo goes by
 * @param note what is worth knowing: why it is blocked, what a fence achieved, who skipped it
 * @param corrected fields that a person corrected
 * @param changed when the newest change was begun
 * @param former what earlier generations made, oldest first: left behind by beginning anew
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StepState(
    String id,
    Status status,
    int generation,
    Map<String, String> outputs,
    List<Observation.Due> made,
    @Nullable Instant started,
    @Nullable Instant ended,
    @Nullable String note,
    Map<String, JsonNode> corrected,
    @Nullable Instant changed,
    List<Former> former) {

  /** What an earlier generation made. */
  public record Former(int generation, List<Observation.Due> made) {}

  /** The status of a step. */
  public enum Status {
    PENDING,
    RUNNING,
    /** An approval that is open. */
    ASKING,
    BLOCKED,
    DONE,
    SKIPPED,
    /** Best effort, and it did not succeed. */
    GAVE_UP,
    UNDONE;

    /** Whether what comes after may go on. */
    public boolean isOver() {
      return this == DONE || this == SKIPPED || this == GAVE_UP;
    }
  }

  public StepState {
    outputs = outputs == null ? Map.of() : Map.copyOf(outputs);
    made = made == null ? List.of() : List.copyOf(made);
    corrected = corrected == null ? Map.of() : Map.copyOf(corrected);
    former = former == null ? List.of() : List.copyOf(former);
  }

  static StepState pending(String id) {
    return new StepState(
        id, Status.PENDING, 1, Map.of(), List.of(), null, null, null, Map.of(), null, List.of());
  }

  /** Whether anything outside was touched, in any generation. */
  boolean hasChanged() {
    return changed != null;
  }

  StepState running(Instant at) {
    return at(Status.RUNNING, started == null ? at : started, null, null);
  }

  StepState asking(Instant at) {
    return at(Status.ASKING, at, null, null);
  }

  StepState blocked(String why) {
    return at(Status.BLOCKED, started, null, why);
  }

  StepState over(Status how, Map<String, String> results, Instant at, @Nullable String why) {
    return new StepState(
        id, how, generation, results, made, started, at, why, corrected, changed, former);
  }

  private StepState at(
      Status now, @Nullable Instant begun, @Nullable Instant over, @Nullable String why) {
    return new StepState(
        id, now, generation, outputs, made, begun, over, why, corrected, changed, former);
  }

  StepState begun(Observation.Due change, Instant at) {
    List<Observation.Due> longer = new ArrayList<>(made);
    if (made.stream().noneMatch(earlier -> earlier.change().equals(change.change()))) {
      longer.add(change);
    }
    return new StepState(
        id, status, generation, outputs, longer, started, ended, note, corrected, at, former);
  }

  StepState again(Map<String, JsonNode> fields) {
    Map<String, JsonNode> all = new HashMap<>(corrected);
    all.putAll(fields);
    return new StepState(
        id, Status.RUNNING, generation, outputs, made, started, null, null, all, changed, former);
  }

  /** Begins under a new generation: the resources so far are left behind, and remembered. */
  StepState anew(Map<String, JsonNode> fields) {
    List<Former> longer = new ArrayList<>(former);
    if (!made.isEmpty()) {
      longer.add(new Former(generation, made));
    }
    StepState next = again(fields);
    return new StepState(
        id,
        Status.RUNNING,
        generation + 1,
        outputs,
        List.of(),
        started,
        null,
        null,
        next.corrected,
        changed,
        longer);
  }
}
