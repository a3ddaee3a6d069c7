package io.rekindle.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.action.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a step is.
 *
 * @param work what it does now
 * @param note what is worth knowing: why it is blocked, what a fence achieved, who skipped it
 * @param former what it made otherwise, oldest first: with other fields, or under an earlier
 *     generation
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record StepState(
    String id,
    Status status,
    Work work,
    Map<String, String> outputs,
    @Nullable Instant started,
    @Nullable Instant ended,
    @Nullable String note,
    List<Work> former) {

  /**
   * What was made under one generation with the same fields: so it is taken back, whatever is
   * corrected later. The plan and what steps that are over gave do not change, so the corrections
   * are enough to know every field by.
   *
   * @param generation raised only when a person asks to do it anew
   * @param corrected fields that a person had corrected by then
   * @param made the changes that were begun, oldest first: what undo goes by
   * @param answered the changes that were answered: for kinds that cannot look whether they
   *     happened
   * @param receipts what AWS calls the changes that were answered, where it gives them a name
   * @param adopting whether what an earlier, ended run left counts as ours
   * @param changed when the newest change was begun
   * @param over when the newest change was answered, or given up
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Work(
      int generation,
      Map<String, JsonNode> corrected,
      List<Observation.Due> made,
      List<String> answered,
      Map<String, String> receipts,
      boolean adopting,
      @Nullable Instant changed,
      @Nullable Instant over) {
    /** What is written around a change and its answer. */
    private static final int AROUND = 120;

    static final Work FIRST = of(1, Map.of(), false);

    public Work {
      corrected = corrected == null ? Map.of() : Map.copyOf(corrected);
      made = made == null ? List.of() : List.copyOf(made);
      answered = answered == null ? List.of() : List.copyOf(answered);
      receipts = receipts == null ? Map.of() : Map.copyOf(receipts);
    }

    private static Work of(int generation, Map<String, JsonNode> corrected, boolean adopting) {
      return new Work(generation, corrected, List.of(), List.of(), Map.of(), adopting, null, null);
    }

    boolean hasChanged() {
      return !made.isEmpty();
    }

    /** When its newest change was begun; what an earlier version made is the oldest of all. */
    Instant since() {
      return changed == null ? Instant.EPOCH : changed;
    }

    /** Since when its newest change can be in force; what was begun may have happened at once. */
    @Nullable Instant settled() {
      return over == null ? changed : over;
    }

    /** Whether both were told to do the same, and may differ in what came of it. */
    boolean isLike(Work other) {
      return generation == other.generation
          && adopting == other.adopting
          && corrected.equals(other.corrected);
    }

    private Work begun(Observation.Due change, Instant at) {
      List<Observation.Due> longer = new ArrayList<>(made);
      if (made.stream().noneMatch(earlier -> earlier.change().equals(change.change()))) {
        longer.add(change);
      }
      return new Work(generation, corrected, longer, answered, receipts, adopting, at, null);
    }

    private Work answered(Observation.Due change, String receipt, Instant at) {
      List<String> longer = new ArrayList<>(answered);
      if (!answered.contains(change.change())) {
        longer.add(change.change());
      }
      Map<String, String> kept = new HashMap<>(receipts);
      kept.remove(change.change());
      if (!receipt.isEmpty()) {
        kept.put(change.change(), receipt);
      }
      return new Work(generation, corrected, made, longer, kept, adopting, changed, at);
    }

    private Work givenUp(Instant at) {
      return new Work(generation, corrected, made, answered, receipts, adopting, changed, at);
    }

    private Work toldTo(Decision.Retry retry, List<String> thing) {
      Map<String, JsonNode> fields = new HashMap<>(corrected);
      fields.putAll(retry.set());
      boolean isAdopted = adopting && thing.stream().noneMatch(retry.set()::containsKey);
      return of(
          retry.anew() ? generation + 1 : generation,
          fields,
          !retry.anew() && (isAdopted || retry.adopt()));
    }

    private int weight() {
      return corrected.values().stream().mapToInt(value -> Limit.weight(value.toString())).sum()
          + made.stream()
              .mapToInt(due -> AROUND + Limit.weight(due.change()) + StepState.weight(due.before()))
              .sum()
          + StepState.weight(receipts);
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
    former = former == null ? List.of() : List.copyOf(former);
  }

  static StepState pending(String id) {
    return new StepState(id, Status.PENDING, Work.FIRST, Map.of(), null, null, null, List.of());
  }

  /** All that it did, oldest first. */
  List<Work> works() {
    List<Work> all = new ArrayList<>(former);
    all.add(work);
    return List.copyOf(all);
  }

  /** Whether anything outside was touched, in any generation. */
  boolean hasChanged() {
    return works().stream().anyMatch(Work::hasChanged);
  }

  /** The fields that a person corrected. */
  Map<String, JsonNode> corrected() {
    return work.corrected();
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
    return new StepState(id, status, work, outputs, started, ended, what, former);
  }

  StepState over(Status how, Map<String, String> results, Instant at, @Nullable String why) {
    return new StepState(id, how, work, results, started, at, why, former);
  }

  private StepState at(Status now, Work then, @Nullable Instant begun, @Nullable String why) {
    return new StepState(id, now, then, outputs, begun, null, why, former);
  }

  StepState begun(Observation.Due change, Instant at) {
    return new StepState(id, status, work.begun(change, at), outputs, started, ended, note, former);
  }

  /**
   * @param receipt what AWS calls the change; empty when it gave it no name
   */
  StepState answered(Observation.Due change, String receipt, Instant at) {
    return at(status, work.answered(change, receipt, at), started, note);
  }

  /** Nobody knows what became of the newest change, only that nothing more is done about it. */
  StepState givenUp(Instant at) {
    return new StepState(id, status, work.givenUp(at), outputs, started, ended, note, former);
  }

  /**
   * Tries again as a person told it to; what was made otherwise is left as it is. Who lets it take
   * over one thing has not said so of another.
   *
   * @param thing the fields that say which thing it acts on
   */
  StepState retried(Decision.Retry retry, List<String> thing) {
    Work told = work.toldTo(retry, thing);
    List<Work> longer = new ArrayList<>(former);
    if (!told.isLike(work) && work.hasChanged()) {
      longer.add(work);
    }
    return new StepState(
        id, Status.RUNNING, told.isLike(work) ? work : told, outputs, started, null, null, longer);
  }

  /**
   * To be performed from its beginning, under names and keys that nothing had before. What could
   * not be undone stays remembered.
   */
  StepState anew() {
    int generation = hasChanged() ? work.generation() + 1 : work.generation();
    List<Work> standing = hasChanged() && status != Status.UNDONE ? works() : List.of();
    return new StepState(
        id,
        Status.PENDING,
        Work.of(generation, Map.of(), false),
        Map.of(),
        null,
        null,
        null,
        standing);
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

  StepState withNoteOfAtMost(int bytes) {
    String shorter = note == null ? null : Limit.SENTENCE.cut(note, bytes);
    return Objects.equals(shorter, note)
        ? this
        : new StepState(id, status, work, outputs, started, ended, shorter, former);
  }

  /** The bytes of all that has to be remembered word for word. */
  int weight() {
    return weight(outputs) + works().stream().mapToInt(Work::weight).sum();
  }

  static int weight(Map<String, String> texts) {
    return texts.entrySet().stream()
        .mapToInt(text -> Limit.weight(text.getKey()) + Limit.weight(text.getValue()))
        .sum();
  }

  StepState skipped(Decision.Skip skip, Instant at) {
    String why = "skipped" + Said.by(skip.by()) + Said.because(skip.reason());
    return over(Status.SKIPPED, skip.outputs(), at, why);
  }
}
