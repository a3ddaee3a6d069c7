package io.rekindle.run;

import io.rekindle.door.Admission;
import io.rekindle.door.DrillAdmission;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** The front door, as workflows reach it. */
final class Door {
  private static final Duration ATTEMPT = Duration.ofSeconds(10);

  private Door() {}

  static Admission ofFailovers(String what) {
    return Workflow.newActivityStub(Admission.class, asking("admit " + what));
  }

  static DrillAdmission ofDrills() {
    return Workflow.newActivityStub(DrillAdmission.class, asking("admit the drill"));
  }

  private static ActivityOptions asking(String summary) {
    return ActivityOptions.newBuilder().setStartToCloseTimeout(ATTEMPT).setSummary(summary).build();
  }
}
