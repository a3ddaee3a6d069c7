package io.rekindle.run;

import io.rekindle.action.Inventory;
import io.rekindle.door.Precedence;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** What drills ask beside their steps: asked again, after a pause, until it is answered. */
final class Outside {
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofSeconds(10);

  /** All things of an account are many pages. */
  private static final Duration PAGES = Duration.ofMinutes(2);

  private Outside() {}

  static Precedence precedence(String summary) {
    return Workflow.newActivityStub(Precedence.class, asking(LOOK, History.FOR_EVER, summary));
  }

  static Inventory inventory(Duration patience, String summary) {
    return Workflow.newActivityStub(Inventory.class, asking(PAGES, patience, summary));
  }

  private static ActivityOptions asking(Duration attempt, Duration patience, String summary) {
    return ActivityOptions.newBuilder()
        .setStartToCloseTimeout(attempt)
        .setScheduleToCloseTimeout(patience)
        .setRetryOptions(
            RetryOptions.newBuilder().setInitialInterval(PAUSE).setBackoffCoefficient(1).build())
        .setSummary(summary)
        .build();
  }
}
