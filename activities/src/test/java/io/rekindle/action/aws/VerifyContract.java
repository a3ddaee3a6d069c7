package io.rekindle.action.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation.Settled;
import io.rekindle.plan.step.proof.Verify;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.Test;

/** The laws of handlers that wait until something holds. */
public abstract class VerifyContract<A extends Verify> extends LookContract<A> {
  /** Makes a world in which it does not hold yet. */
  protected abstract void notYet() throws Exception;

  /** What the sentence must say of that: what was asked, and what it answered. */
  protected abstract String[] said();

  @Test
  void isUnderWayUntilItHolds() throws Exception {
    notYet();
    ApplicationFailure failure = failure(step());
    assertThat(failure.getType()).isEqualTo(Failures.IN_PROGRESS);
    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(failure.getOriginalMessage()).contains(said());
    given();
    assertThat(step().look()).isInstanceOf(Settled.class);
  }
}
