package io.rekindle.door;

import io.rekindle.plan.PlanReader;
import java.time.Instant;
import java.util.List;

/** Admits plans that validation finds good, with options that fit them. */
public final class PlanAdmission implements Admission {
  @Override
  public List<String> admit(FailoverRequest request) {
    PlanReader.Reading reading = PlanReader.read(request.plan());
    return reading
        .plan()
        .map(plan -> RequestChecks.problems(plan, request, Instant.now()))
        .orElseGet(() ->
            reading.problems().stream().map(problem -> problem.problem().sentence()).toList());
  }
}
