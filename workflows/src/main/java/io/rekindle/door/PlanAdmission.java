package io.rekindle.door;

import io.rekindle.plan.PlanReader;
import io.temporal.activity.Activity;
import java.time.Instant;
import java.util.List;

/** Admits plans that validation finds good, with options that fit them. */
public final class PlanAdmission implements Admission {
  @Override
  public List<String> admit(FailoverRequest request) {
    PlanReader.Reading reading = PlanReader.read(request.plan());
    return reading
        .plan()
        .map(plan -> RequestChecks.problems(plan, request, now()))
        .orElseGet(() ->
            reading.problems().stream().map(problem -> problem.problem().sentence()).toList());
  }

  /** By the server's clock, which a rehearsal runs ahead. */
  private static Instant now() {
    return Instant.ofEpochMilli(
        Activity.getExecutionContext().getInfo().getCurrentAttemptScheduledTimestamp());
  }
}
