package io.rekindle.action.aws.probe;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.LookingHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.Action.Outputs;
import io.rekindle.plan.step.proof.Probe;
import io.temporal.failure.ApplicationFailure;

/** The handler of a probe: health, failure and no evidence are its three answers. */
interface ProbingHandler<A extends Probe> extends LookingHandler<A> {
  /** Looks once; throws {@link Evidence#none} when it could not. */
  Evidence look(Work<A> work);

  /** What is given on of health. */
  Outputs outputs(String seen);

  @Override
  default Observation observe(Work<A> work) {
    Evidence evidence = look(work);
    return evidence.healthy() ? Settled.of(outputs(evidence.seen())) : new Broken(evidence.seen());
  }

  /** Whether there would be evidence now, whatever it says. */
  @Override
  default Readiness check(Work<A> work) {
    try {
      return new Readiness(true, look(work).seen(), null);
    } catch (ApplicationFailure none) {
      return new Readiness(false, none.getOriginalMessage(), null);
    }
  }
}
