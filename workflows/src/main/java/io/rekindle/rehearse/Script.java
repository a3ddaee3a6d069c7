package io.rekindle.rehearse;

import io.rekindle.action.Failures;
import io.rekindle.action.Failures.FailureClass;
import io.rekindle.action.Verb;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What goes wrong in a rehearsal.
 *
 * @param failures how a step fails before it works
 * @param slowness by how much a step is slower than usual
 * @param lostAnswers steps whose changes happen although their answer is lost
 * @param foreign steps whose name is taken by somebody else
 * @param broken steps that only a person can put right
 * @param dark Regions that do not answer
 * @param healthy probes that see no outage
 * @param unready steps whose checks fail, whatever becomes of the steps
 */
public record Script(
    Map<String, Failing> failures,
    Map<String, Double> slowness,
    Set<String> lostAnswers,
    Set<String> foreign,
    Set<String> broken,
    Set<String> dark,
    Set<String> healthy,
    Set<String> unready) {
  public static final int FOR_GOOD = -1;

  public static final Script SMOOTH =
      new Script(Map.of(), Map.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());

  /**
   * @param times how many attempts fail; {@link #FOR_GOOD} for all of them
   * @param verb which attempts fail
   */
  public record Failing(int times, FailureClass how, Verb verb) {
    boolean fails(int attempt) {
      return times == FOR_GOOD || attempt <= times;
    }

    /** Who fails again and again is asked less and less often. */
    ApplicationFailure failure(String what, int attempt) {
      String sentence = what + ": " + how + ", as the script says";
      return how.passes()
          ? Failures.passing(how.name(), sentence, Duration.ofSeconds(1L << Math.min(6, attempt)))
          : Failures.lasting(how.name(), sentence);
    }
  }

  /** Its looks fail: a few times in a way that passes, or for good in one that does not. */
  public Script failing(String step, int times) {
    FailureClass how = times == FOR_GOOD ? FailureClass.ACCESS : FailureClass.RETRY;
    return failing(step, new Failing(times, how, Verb.OBSERVE));
  }

  public Script failing(String step, Failing how) {
    Map<String, Failing> more = new HashMap<>(failures);
    more.put(step, how);
    return new Script(
        Map.copyOf(more), slowness, lostAnswers, foreign, broken, dark, healthy, unready);
  }

  public Script losingTheAnswerOf(String... steps) {
    return new Script(failures, slowness, Set.of(steps), foreign, broken, dark, healthy, unready);
  }

  public Script withForeign(String... steps) {
    return new Script(
        failures, slowness, lostAnswers, Set.of(steps), broken, dark, healthy, unready);
  }

  public Script withBroken(String... steps) {
    return new Script(
        failures, slowness, lostAnswers, foreign, Set.of(steps), dark, healthy, unready);
  }

  public Script inTheDark(String... regions) {
    return new Script(
        failures, slowness, lostAnswers, foreign, broken, Set.of(regions), healthy, unready);
  }

  public Script withHealthy(String... probes) {
    return new Script(
        failures, slowness, lostAnswers, foreign, broken, dark, Set.of(probes), unready);
  }

  public Script withUnready(String... steps) {
    return new Script(
        failures, slowness, lostAnswers, foreign, broken, dark, healthy, Set.of(steps));
  }

  public Script slower(String step, double factor) {
    Map<String, Double> more = new HashMap<>(slowness);
    more.put(step, factor);
    return new Script(
        failures, Map.copyOf(more), lostAnswers, foreign, broken, dark, healthy, unready);
  }
}
