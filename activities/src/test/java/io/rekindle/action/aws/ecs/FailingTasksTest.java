package io.rekindle.action.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Failures;
import io.rekindle.action.aws.StepDriver;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** ECS does not count the failing tasks of a pilot light, so they themselves are looked at. */
class FailingTasksTest extends Scaled {

  /** Longer than all the time that tests let pass. */
  private static final Duration LATER = Duration.ofDays(365);

  /** A pilot light that has run before, in a drill for instance. */
  @Override
  protected void world() {
    here.service(1);
    here.scale(0);
  }

  private StepDriver lit() {
    given();
    endsAs("UpdateService", "FAILED");
    lasts("UpdateService", Duration.ofMinutes(2));
    StepDriver step = step();
    step.apply(step.due());
    return step;
  }

  @Test
  void theirReasonIsShownWithinAMinute() {
    StepDriver step = lit();
    pass(Duration.ofMinutes(1));
    ApplicationFailure waiting = catchThrowableOfType(ApplicationFailure.class, step::observe);
    assertThat(waiting.getType()).isEqualTo(Failures.IN_PROGRESS);
    assertThat(waiting.getOriginalMessage())
        .contains("runs 0 of 4 tasks; 1 did not stay up: CannotPullContainerError: ");
  }

  @Test
  void manyOfThemBlockTheStepAlthoughEcsCountsNone() {
    StepDriver step = lit();
    pass(Duration.ofMinutes(2));
    assertThat(here.look().deployments().getFirst().failedTasks()).isZero();
    assertThat(why(step.observe())).contains("keep stopping; 0 of 4 run: CannotPullContainerError");
  }

  @Test
  void thoseOfAnEarlierTryDoNotCount() {
    StepDriver step = lit();
    pass(Duration.ofMinutes(2));
    ApplicationFailure waiting =
        catchThrowableOfType(ApplicationFailure.class, step.after(LATER)::observe);
    assertThat(waiting.getOriginalMessage()).endsWith("runs 0 of 4 tasks");
  }

  @Test
  void thoseThatASmallerCountStoppedHaveNotFailed() {
    instantly(() -> here.service(6));
    lasts("UpdateService", Duration.ofMinutes(2));
    StepDriver step = step();
    step.apply(step.due());
    pass(Duration.ofMinutes(1));
    assertThat(step.settled().outputs()).containsEntry("running", "4");
  }
}
