package io.rekindle.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.action.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a step is.
 *
 * @param work what it does under its present generation
 * @param changed when the newest change was begun, in any generation
 * @param note what is worth knowing: why it is blocked, what a fence achieved, who skipped it
 * @param corrected fields that a person corrected
 * @param former what earlier generations made, oldest first: left behind by beginning anew
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StepState(
    String id,
    Status status,
    Work work,
    Map<String, String> outputs,
    @Nullable Instant started,
    @Nullable Instant ended,
    @Nullable Instant changed,
    @Nullable String note,
    Map<String, JsonNode> corrected,
    List<Work> former) {

  /**
   * What was made under one generation.
   *
   * @param generation raised only when a person asks to do it anew
   * @param made the changes that were begun, oldest first: what undo goes by
   * @param answered the changes that were answered: for kinds that cannot look whether they
   *     happened
   * @param adopting whether what an earlier, ended run left counts as ours
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Work(
      int generation, List<Observation.Due> made, List<String> answered, boolean adopting) {
    static final Work FIRST = new Work(1, List.of(), List.of(), false);

    public Work {
      made = made == null ? List.of() : List.copyOf(made);
      answered = answered == null ? List.of() : List.copyOf(answered);
    }

    private Work begun(Observation.Due change) {
      if (made.stream().anyMatch(earlier -> earlier.change().equals(change.change()))) {
        return this;
      }
      List<Observation.Due> longer = new ArrayList<>(made);
      longer.add(change);
      return new Work(generation, longer, answered, adopting);
    }

    private Work answered(Observation.Due change) {
      if (answered.contains(change.change())) {
        return this;
      }
      List<String> longer = new ArrayList<>(answered);
      longer.add(change.change());
      return new Work(generation, made, longer, adopting);
    }

    private Work adoptingNow() {
      return new Work(generation, made, answered, true);
    }

    private Work next() {
      return new Work(generation + 1, List.of(), List.of(), false);
    }
  }

  /** The status of a step. */
  public enum Status {
    PENDING,
    RUNNING,
    /** It waits for people: an approval that is open, or a task that is not done. */
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
    work = work == null ? Work.FIRST : work;
    outputs = outputs == null ? Map.of() : Map.copyOf(outputs);
    corrected = corrected == null ? Map.of() : Map.copyOf(corrected);
    former = former == null ? List.of() : List.copyOf(former);
  }

  static StepState pending(String id) {
    return new StepState(
        id, Status.PENDING, Work.FIRST, Map.of(), null, null, null, null, Map.of(), List.of());
  }

  /** Whether anything outside was touched, in any generation. */
  boolean hasChanged() {
    return changed != null;
  }

  StepState running(Instant at) {
    return at(Status.RUNNING, work, started == null ? at : started, null);
  }

  StepState asking(Instant at) {
    return at(Status.ASKING, work, at, null);
  }

  /** Whoever is asked is told why, also where a handler said nothing. */
  StepState blocked(String why) {
    return at(
        Status.BLOCKED,
        work,
        started,
        why.isBlank()
            ? "it cannot go on, and nothing was said about why; its history shows more"
            : why);
  }

  /** The run ends, and nobody waits for what is under way. */
  StepState left() {
    return noted("in progress when the run ended");
  }

  StepState noted(String what) {
    return new StepState(
        id, status, work, outputs, started, ended, changed, what, corrected, former);
  }

  StepState over(Status how, Map<String, String> results, Instant at, @Nullable String why) {
    return new StepState(id, how, work, results, started, at, changed, why, corrected, former);
  }

  private StepState at(Status now, Work then, @Nullable Instant begun, @Nullable String why) {
    return new StepState(id, now, then, outputs, begun, null, changed, why, corrected, former);
  }

  StepState begun(Observation.Due change, Instant at) {
    return new StepState(
        id, status, work.begun(change), outputs, started, ended, at, note, corrected, former);
  }

  StepState answered(Observation.Due change) {
    return at(status, work.answered(change), started, note);
  }

  /** Tries again, with the fields that a person corrected. */
  StepState retried(Decision.Retry retry) {
    StepState corrected = correctedBy(retry.set());
    if (retry.anew()) {
      return corrected.anew();
    }
    return corrected.at(Status.RUNNING, retry.adopt() ? work.adoptingNow() : work, started, null);
  }

  /** Begins under a new generation: the resources so far are left behind, and remembered. */
  private StepState anew() {
    List<Work> longer = new ArrayList<>(former);
    if (!work.made().isEmpty()) {
      longer.add(work);
    }
    return new StepState(
        id, Status.RUNNING, work.next(), outputs, started, null, changed, null, corrected, longer);
  }

  StepState done(Decision.Done done, Instant at) {
    return over(Status.DONE, Map.of(), at, said(done));
  }

  /** A person did it, and a look saw so; what both know is taken as given, and told. */
  StepState confirmed(Decision.Done done, Map<String, String> seen, Instant at) {
    Map<String, String> all = new HashMap<>(seen);
    all.putAll(done.outputs());
    String otherwise =
        new TreeMap<>(done.outputs())
            .entrySet().stream()
                .filter(given ->
                    !seen.getOrDefault(given.getKey(), given.getValue()).equals(given.getValue()))
                .map(given ->
                    "; %s is '%s' as given, not '%s' as seen"
                        .formatted(given.getKey(), given.getValue(), seen.get(given.getKey())))
                .collect(Collectors.joining());
    return over(Status.DONE, all, at, said(done) + otherwise);
  }

  /** Who says that it is done, and what shows it. */
  static String said(Decision.Done done) {
    String name = Said.name(done.by());
    String proof = Said.name(done.proof());
    return "done by "
        + (name.isEmpty() ? "somebody" : name + " (unverified)")
        + Said.because(done.reason())
        + (proof.isEmpty() ? "" : "; proof: " + proof);
  }

  StepState skipped(Decision.Skip skip, Instant at) {
    String why = "skipped" + Said.by(skip.by()) + Said.because(skip.reason());
    return over(Status.SKIPPED, skip.outputs(), at, why);
  }

  private StepState correctedBy(Map<String, JsonNode> fields) {
    Map<String, JsonNode> all = new HashMap<>(corrected);
    all.putAll(fields);
    return new StepState(id, status, work, outputs, started, ended, changed, note, all, former);
  }
}
