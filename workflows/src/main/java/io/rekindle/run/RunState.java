package io.rekindle.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.rekindle.action.Readiness;
import io.rekindle.plan.step.Control;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All that a run knows, in one value: it is what the status query shows and what survives
 * continuing as new. Only {@link RunBook} changes it.
 *
 * @param run six hex digits of the first execution's run id: part of every name and key
 * @param steps in the order of the plan
 * @param tasks what people have to do right now
 * @param ending why nothing new is started any more
 * @param findings what the checks of the steps behind gates said last
 * @param unfenced whether who approved accepted that fences may not hold
 * @param waived fences of which a person accepted, when asked, that they do not hold
 * @param openFences fences that the run went on without, each tried until it holds
 * @param messages how many messages were sent to those whom the plan names
 * @param lost why messages could not be sent
 * @param doubt what keeps it from counting as recovered, or as home again
 * @param stayed why the last way back was given up, and what came of it
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RunState(
    String application,
    String run,
    Phase phase,
    @Nullable Outcome outcome,
    boolean paused,
    @Nullable String ending,
    boolean rollback,
    boolean unfenced,
    List<String> waived,
    List<OpenFence> openFences,
    List<StepState> steps,
    List<Gate> gates,
    List<Task> tasks,
    Map<String, Readiness.RecoveryPoint> pins,
    List<Evidence> evidence,
    List<Finding> findings,
    List<Ruling> rulings,
    Clocks clocks,
    int messages,
    List<String> lost,
    @Nullable String doubt,
    @Nullable String stayed) {

  public RunState {
    waived = waived == null ? List.of() : List.copyOf(waived);
    openFences = openFences == null ? List.of() : List.copyOf(openFences);
    steps = steps == null ? List.of() : List.copyOf(steps);
    gates = gates == null ? List.of() : List.copyOf(gates);
    tasks = tasks == null ? List.of() : List.copyOf(tasks);
    pins = pins == null ? Map.of() : Map.copyOf(pins);
    evidence = evidence == null ? List.of() : List.copyOf(evidence);
    findings = findings == null ? List.of() : List.copyOf(findings);
    rulings = rulings == null ? List.of() : List.copyOf(rulings);
    lost = lost == null ? List.of() : List.copyOf(lost);
  }

  /** How a run begins. */
  static RunState beginning(
      String application, String run, Instant declared, @Nullable Instant impact) {
    return new RunState(
        application,
        run,
        Phase.ASSESSING,
        null,
        false,
        null,
        false,
        false,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        Clocks.beginning(impact, declared),
        0,
        List.of(),
        null,
        null);
  }

  /** The same with a change. */
  RunState with(Consumer<RunDraft> change) {
    RunDraft draft = new RunDraft(this);
    change.accept(draft);
    return draft.state();
  }

  /** The checks that fail, among those of some steps: each must be accepted by name. */
  public List<Finding> failing(Predicate<String> step) {
    return findings.stream()
        .filter(finding -> finding.is(Finding.Verdict.FAIL) && step.test(finding.step()))
        .toList();
  }

  /**
   * What a yes leads to: shown to those who decide.
   *
   * @param left how long the steps behind the gate typically take, with all that overlaps
   * @param oneWay those among them that cannot be undone
   */
  public record Outlook(Duration left, List<String> oneWay) {
    public Outlook {
      oneWay = oneWay == null ? List.of() : List.copyOf(oneWay);
    }

    /** Naming fewer steps, where they are many. */
    Outlook ofAtMost(int bytes) {
      return new Outlook(left, Limit.first(oneWay, ", ", bytes));
    }
  }

  /**
   * A fence that did not hold when the run went on: it is tried on, however long that takes.
   *
   * @param since when the run went on without it
   * @param waits why only a person can make it go on; absent while it is tried
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record OpenFence(String fence, Instant since, @Nullable String waits) {
    public OpenFence {
      waits = waits == null ? null : Limit.SENTENCE.cut(waits);
    }
  }

  /**
   * Something that a person has to do, and nobody has said yet that it is done.
   *
   * @param late after when it takes longer than expected
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Task(
      String id,
      String says,
      @Nullable String owner,
      Instant opened,
      Instant late,
      Control.Task.Proof proof) {

    Task ofAtMost(int bytes) {
      String whose = owner == null ? null : Limit.NAME.cut(owner);
      return new Task(id, Limit.SENTENCE.cut(says, bytes), whose, opened, late, proof);
    }

    /** The owner in a sentence, if there is one: for whom it is. */
    public String forOwner() {
      return owner == null ? "" : " for " + owner;
    }
  }

  /**
   * @param seen what was seen, in one sentence
   */
  public record Evidence(String probe, Health verdict, String seen) {
    Evidence ofAtMost(int bytes) {
      return new Evidence(probe, verdict, Limit.SENTENCE.cut(seen, bytes));
    }
  }

  /** What a probe says about the primary side. */
  public enum Health {
    HEALTHY,
    FAILING,
    /** It could not be looked at, which is not health. */
    UNREACHABLE
  }

  /**
   * When things happened; what did not happen yet is absent.
   *
   * @param impact when people first noticed, where they said so
   * @param fenced since when all fences hold
   * @param serving since when every step is over
   * @param returning since when it is being brought back
   * @param home since when it serves from the primary Region again
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Clocks(
      @Nullable Instant impact,
      Instant declared,
      @Nullable Instant decided,
      @Nullable Instant fenced,
      @Nullable Instant serving,
      @Nullable Instant returning,
      @Nullable Instant home,
      @Nullable Instant closed) {

    static Clocks beginning(@Nullable Instant impact, Instant declared) {
      return new Clocks(impact, declared, null, null, null, null, null, null);
    }

    /** Where the clocks begin: when people first noticed, or else when the run was started. */
    public Instant zero() {
      return impact == null ? declared : impact;
    }

    /** Only the first yes decides. */
    Clocks withDecided(Instant at) {
      return decided == null
          ? new Clocks(impact, declared, at, fenced, serving, returning, home, closed)
          : this;
    }

    Clocks withFenced(Instant at) {
      return new Clocks(impact, declared, decided, at, serving, returning, home, closed);
    }

    Clocks withServing(Instant at) {
      return new Clocks(impact, declared, decided, fenced, at, returning, home, closed);
    }

    /** Absent again once the way back is given up. */
    Clocks withReturning(@Nullable Instant at) {
      return new Clocks(impact, declared, decided, fenced, serving, at, home, closed);
    }

    Clocks withHome(Instant at) {
      return new Clocks(impact, declared, decided, fenced, serving, returning, at, closed);
    }

    Clocks withClosed(Instant at) {
      return new Clocks(impact, declared, decided, fenced, serving, returning, home, at);
    }
  }

  /** Where a run is. */
  public enum Phase {
    ASSESSING,
    WAITING,
    RECOVERING,
    SERVING,
    FAILING_BACK,
    ROLLING_BACK
  }

  /** How a run went. */
  public enum Outcome {
    /** The application serves from the recovery Region. */
    RECOVERED,
    /** Every step is over, and nothing proves that the application serves. */
    UNVERIFIED,
    /** The application serves from the primary Region again. */
    FAILED_BACK,
    REJECTED,
    ABORTED,
    ROLLED_BACK,
    /** Every step of a drill succeeded, and nothing of it is left. */
    DRILLED,
    /** A step of a drill failed. */
    DRILL_FAILED,
    /** Something that a drill made is still there. */
    LEFTOVERS,
    /** A failover of the same application was open, or came between. */
    GAVE_WAY
  }

  /**
   * What became of a decision; what people tried is history.
   *
   * @param sentence what happens now, or why not
   */
  public record Ruling(
      Instant at, String verb, @Nullable String by, boolean obeyed, String sentence) {}
}
