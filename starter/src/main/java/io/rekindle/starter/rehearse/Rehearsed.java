package io.rekindle.starter.rehearse;

import io.rekindle.plan.Plan;
import io.rekindle.plan.Step;
import io.rekindle.rehearse.RehearsalCloud;
import io.rekindle.run.FailoverRequest;
import io.rekindle.run.RunState;
import io.rekindle.run.StepState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a rehearsal showed.
 *
 * @param why how it ended, in one sentence
 * @param ended when it ended, in the time of the rehearsal
 * @param steps those that took part, in their order
 * @param critical ids of the steps that made it last as long as it did, first to last
 * @param repeated how many changes were made more than once
 * @param repeatedMessages how many messages were sent again, which nothing can keep from happening
 * @param crashed whether a worker was killed on the way
 */
public record Rehearsed(
    Plan plan,
    FailoverRequest request,
    Ending ending,
    String why,
    RunState state,
    Instant ended,
    List<Played> steps,
    List<String> critical,
    List<RehearsalCloud.Entry> changes,
    long repeated,
    long repeatedMessages,
    boolean crashed) {

  /** How a rehearsal ended. */
  public enum Ending {
    RECOVERED,
    /** It was rejected or aborted. */
    FAILED,
    /** A person must decide. */
    BLOCKED
  }

  /**
   * One step as it went.
   *
   * @param attempts one, and one more for each that failed or was lost
   * @param changes what it made, in order
   */
  public record Played(Step step, StepState state, int attempts, List<String> changes) {}

  public Instant began() {
    return state.clocks().declared();
  }

  /** From the start of the run. */
  public Duration lasted() {
    return Duration.between(began(), ended);
  }

  /** How long after the start of the run a step began. */
  public Optional<Duration> start(Played played) {
    return Optional.ofNullable(played.state().started()).map(at -> Duration.between(began(), at));
  }

  /** How long after the start of the run a step was over. */
  public Optional<Duration> end(Played played) {
    return Optional.ofNullable(played.state().ended()).map(at -> Duration.between(began(), at));
  }

  /** The most data that a restore would lose: the age of the oldest recovery point agreed on. */
  public Optional<Duration> loss() {
    return state.pins().values().stream()
        .map(point -> Duration.between(point.time(), began()))
        .max(Duration::compareTo);
  }
}
