package io.rekindle.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.enums.v1.RetryState;
import io.temporal.api.failure.v1.ApplicationFailureInfo;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.failure.v1.TimeoutFailureInfo;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.failure.ActivityFailure;
import org.junit.jupiter.api.Test;

class FailuresTest {
  /** The server tells of the timeout, and below it of what the attempt before said. */
  @Test
  void anAttemptThatIsCutOffDoesNotHideWhatTheOneBeforeSaid() {
    Failure before =
        Failure.newBuilder()
            .setMessage("it gave 43, not 42")
            .setApplicationFailureInfo(ApplicationFailureInfo.getDefaultInstance())
            .build();
    Failure cutOff =
        Failure.newBuilder()
            .setMessage("activity ScheduleToClose timeout")
            .setTimeoutFailureInfo(TimeoutFailureInfo.getDefaultInstance())
            .setCause(before)
            .build();
    assertThat(Failures.sentence(failed(cutOff))).isEqualTo("it gave 43, not 42");
  }

  private static ActivityFailure failed(Failure why) {
    return new ActivityFailure(
        "Activity task timed out",
        1,
        2,
        "verify.sql.observe",
        "compare",
        RetryState.RETRY_STATE_TIMEOUT,
        "a worker",
        DefaultDataConverter.newDefaultInstance().failureToException(why));
  }
}
