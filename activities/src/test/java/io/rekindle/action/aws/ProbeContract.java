package io.rekindle.action.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation.Broken;
import io.rekindle.plan.step.proof.Probe;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.Test;

/** The laws of probes: health, failure and no evidence are three different answers. */
public abstract class ProbeContract<A extends Probe> extends LookContract<A> {
  /** Makes a world in which what is probed fails. */
  protected abstract void failing() throws Exception;

  /** Makes a world in which it cannot be looked at. */
  protected abstract void dark() throws Exception;

  /** What both sentences must name. */
  protected abstract String subject();

  @Test
  void aFailureIsEvidence() throws Exception {
    failing();
    assertThat(step().observe())
        .isInstanceOfSatisfying(Broken.class, seen -> assertThat(seen.why()).contains(subject()));
  }

  @Test
  void whatCannotBeLookedAtIsNoEvidence() throws Exception {
    dark();
    StepDriver step = step();
    ApplicationFailure failure = failure(step);
    assertThat(failure.getType()).isEqualTo(Failures.UNREACHABLE);
    assertThat(failure.getOriginalMessage()).contains(subject());
    assertThat(step.check().ready()).isFalse();
  }
}
