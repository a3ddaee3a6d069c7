package io.rekindle.action.aws;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Readiness;
import io.rekindle.plan.step.Action;
import java.util.Optional;

/**
 * The doing half of a kind. It is thin: it looks first, changes at most once, never waits, and lets
 * what AWS throws go through; whoever calls it puts that into words.
 */
public interface ActionHandler<A extends Action> {

  /** The declaring half. */
  Class<A> declaration();

  /**
   * Reads only. Throws {@link Work#underWay} while ours is in progress, so that waiting costs
   * nothing.
   */
  Observation observe(Work<A> work);

  /**
   * Makes the one change that was found due. Looks first, and returns if it is no longer due or
   * ours is there already.
   */
  void apply(Work<A> work, Due due);

  /**
   * Takes back what was made, one move an attempt, and throws {@link Work#underWay} until all is as
   * it was. Repeatable; refuses what is not ours.
   */
  void undo(Work<A> work);

  /** What undo, which is over, left behind on purpose, for the report. */
  default Optional<String> kept(Work<A> work) {
    return Optional.empty();
  }

  /** Whether the step could succeed right now; never a change. */
  Readiness check(Work<A> work);
}
