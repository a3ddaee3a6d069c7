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
    Map<String, JsonNode> corrected) {

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
  }

  static StepState pending(String id) {
    return new StepState(id, Status.PENDING, 1, Map.of(), List.of(), null, null, null, Map.of());
  }

  StepState running(Instant at) {
    return new StepState(
        id,
        Status.RUNNING,
        generation,
        outputs,
        made,
        started == null ? at : started,
        null,
        null,
        corrected);
  }

  StepState asking(Instant at) {
    return new StepState(id, Status.ASKING, generation, outputs, made, at, null, null, corrected);
  }

  StepState blocked(String why) {
    return new StepState(
        id, Status.BLOCKED, generation, outputs, made, started, null, why, corrected);
  }

  StepState begun(Observation.Due change) {
    List<Observation.Due> longer = new ArrayList<>(made);
    if (made.stream().noneMatch(former -> former.change().equals(change.change()))) {
      longer.add(change);
    }
    return new StepState(id, status, generation, outputs, longer, started, ended, note, corrected);
  }

  StepState over(Status how, Map<String, String> results, Instant at, @Nullable String why) {
    return new StepState(id, how, generation, results, made, started, at, why, corrected);
  }

  StepState again(boolean anew, Map<String, JsonNode> fields) {
    Map<String, JsonNode> all = new HashMap<>(corrected);
    all.putAll(fields);
    return new StepState(
        id,
        Status.RUNNING,
        anew ? generation + 1 : generation,
        outputs,
        anew ? List.of() : made,
        started,
        null,
        null,
        all);
  }
}
