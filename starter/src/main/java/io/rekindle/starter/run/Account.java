package io.rekindle.starter.run;

import io.rekindle.door.FailoverRequest;
import io.rekindle.plan.Mode;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Selection;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Phase;
import io.rekindle.run.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * How a run went, real or rehearsed.
 *
 * @param why how it ended, in one sentence
 * @param ended when it ended, or until when it is told
 * @param graph what had to wait for what
 * @param steps those that took part, in their order
 */
public record Account(
    Plan plan,
    Mode mode,
    Ending ending,
    String why,
    RunState state,
    Instant ended,
    StepGraph graph,
    List<Played> steps) {

  /** How a run ended. */
  public enum Ending {
    RECOVERED,
    /** It serves from the primary Region again. */
    RETURNED,
    /** Every step is over, and nothing proves that the application serves. */
    UNVERIFIED,
    /** It was rejected or aborted. */
    FAILED,
    /** A person must decide. */
    BLOCKED,
    UNDER_WAY;

    /** How a run ended whose steps are all over. */
    public static Ending served(RunState state) {
      return state.outcome() == RunState.Outcome.UNVERIFIED ? UNVERIFIED : RECOVERED;
    }
  }

  /**
   * One step as it went.
   *
   * @param attempts one, and one more for each that failed or was lost; 0 when nobody counted
   * @param changes what it made, in order
   */
  public record Played(Step step, StepState state, int attempts, List<String> changes) {
    /** Whether only a person can make it go on. */
    public boolean isStuck() {
      return switch (state.status()) {
        case ASKING, BLOCKED -> true;
        case PENDING, RUNNING, DONE, SKIPPED, GAVE_UP, UNDONE -> false;
      };
    }
  }

  /** Which steps of a plan take part in what was asked for. */
  public static StepGraph graph(Plan plan, FailoverRequest request) {
    return StepGraph.of(plan.failover()).only(selection(plan, request)::takes);
  }

  /**
   * @param played tells one step
   */
  public static Account of(
      Plan plan,
      FailoverRequest request,
      Ending ending,
      String why,
      RunState state,
      Instant ended,
      BiFunction<Step, StepState, Played> played) {
    StepGraph graph =
        state.phase() == Phase.FAILING_BACK ? whole(plan, request) : graph(plan, request);
    List<Played> steps =
        graph.inOrder().stream().map(step -> played.apply(step, stateOf(step, state))).toList();
    return new Account(plan, request.mode(), ending, why, state, ended, graph, steps);
  }

  /** There and back: the first step of the way back waits for the last one of the recovery. */
  private static StepGraph whole(Plan plan, FailoverRequest request) {
    List<Step> all = Stream.of(plan.failover(), plan.failback()).flatMap(List::stream).toList();
    return StepGraph.of(all).only(selection(plan, request)::takes);
  }

  private static Selection selection(Plan plan, FailoverRequest request) {
    return Selection.of(plan, request.mode(), request.set(), Set.copyOf(request.without()));
  }

  private static StepState stateOf(Step step, RunState state) {
    return state.steps().stream()
        .filter(each -> each.id().equals(step.id()))
        .findFirst()
        .orElseThrow();
  }

  /**
   * The ids of the steps that made it last as long as it did, first to last: from what is stuck, or
   * else what was over last, back to what each step waited for.
   */
  public List<String> critical() {
    List<String> path = new ArrayList<>();
    Optional<Played> last = last();
    while (last.isPresent()) {
      path.addFirst(last.get().step().id());
      last = latest(neededBy(last.get()));
    }
    return List.copyOf(path);
  }

  private Optional<Played> last() {
    return switch (ending) {
      case RECOVERED, RETURNED, UNVERIFIED -> latest(steps.stream());
      case FAILED, BLOCKED, UNDER_WAY ->
          steps.stream()
              .filter(Played::isStuck)
              .max(Comparator.comparing(this::free))
              .or(() -> latest(steps.stream()));
    };
  }

  private Stream<Played> neededBy(Played played) {
    List<String> needs = graph.needsOf(played.step().id());
    return steps.stream().filter(each -> needs.contains(each.step().id()));
  }

  private static Optional<Played> latest(Stream<Played> steps) {
    return steps
        .filter(each -> each.state().ended() != null)
        .max(Comparator.comparing(each -> Objects.requireNonNull(each.state().ended())));
  }

  /** How long after the start of the run all that a step needs was over. */
  private Duration free(Played played) {
    return latest(neededBy(played)).flatMap(this::end).orElse(Duration.ZERO);
  }

  public Instant began() {
    return state.clocks().declared();
  }

  /** From the start of the run. */
  public Duration lasted() {
    return Duration.between(began(), ended);
  }

  /** How many changes were made. */
  public int changes() {
    return steps.stream().mapToInt(step -> step.changes().size()).sum();
  }

  /** How long after the start of the run a step began. */
  public Optional<Duration> start(Played played) {
    return Optional.ofNullable(played.state().started()).map(at -> Duration.between(began(), at));
  }

  /** The same, or since when it could have begun: what is stuck may not have. */
  public Optional<Duration> since(Played played) {
    return start(played).or(() -> Optional.of(played).filter(Played::isStuck).map(this::free));
  }

  /** How long after the start of the run a step was over. */
  public Optional<Duration> end(Played played) {
    return Optional.ofNullable(played.state().ended()).map(at -> Duration.between(began(), at));
  }

  /** How long the application was away: from the impact where it is known, else from the start. */
  public Duration away() {
    return Duration.between(
        state.clocks().zero(), Objects.requireNonNullElse(state.clocks().serving(), ended));
  }

  /** Whether the application was recovered, whatever became of it since. */
  public boolean recovered() {
    return switch (ending) {
      case RECOVERED -> true;
      case RETURNED -> state.clocks().serving() != null;
      case FAILED, UNVERIFIED -> false;
      case BLOCKED, UNDER_WAY -> state.outcome() == RunState.Outcome.RECOVERED;
    };
  }

  /** Since when that is counted. */
  public String since() {
    return state.clocks().impact() == null ? "from the start of the run" : "from the impact";
  }

  public DataLoss loss() {
    return DataLoss.of(plan, state);
  }
}
