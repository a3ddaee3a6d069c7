package io.rekindle.run;

import io.temporal.workflow.Workflow;
import java.time.Instant;

/** The only time a run knows: Temporal's, which is the same again in every replay. */
final class RunClock {
  private RunClock() {}

  static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
