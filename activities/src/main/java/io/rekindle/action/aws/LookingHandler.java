package io.rekindle.action.aws;

import io.rekindle.action.Observation.Due;
import io.rekindle.plan.step.Action;

/** The handler of a kind that changes nothing: there is nothing to make and nothing to undo. */
public interface LookingHandler<A extends Action> extends ActionHandler<A> {
  @Override
  default void apply(Work<A> work, Due due) {
    throw work.refused("bug: asked for the change " + due.change());
  }

  @Override
  default void undo(Work<A> work) {}
}
