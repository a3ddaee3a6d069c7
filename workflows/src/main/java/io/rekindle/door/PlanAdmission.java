package io.rekindle.door;

import io.rekindle.plan.Plan;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.PlanReader.PlanProblem;
import io.rekindle.plan.shape.Problem;
import io.temporal.activity.Activity;
import java.time.Instant;
import java.util.List;

/** Admits plans that validation finds good, with options that fit them. */
public final class PlanAdmission implements Admission {
  @Override
  public List<String> admit(FailoverRequest request) {
    return problems(request, now()).stream().map(Problem::sentence).toList();
  }

  /** By the server's clock, which a rehearsal runs ahead. */
  private static Instant now() {
    return Instant.ofEpochMilli(
        Activity.getExecutionContext().getInfo().getCurrentAttemptScheduledTimestamp());
  }

  /**
   * Everything that is wrong with a plan as it travels, or with what else was asked for.
   *
   * @param now when the run is started
   */
  public static List<Problem> problems(FailoverRequest request, Instant now) {
    PlanReader.Reading reading = PlanReader.read(request.plan());
    return reading
        .plan()
        .map(plan -> problems(plan, request, now))
        .orElseGet(() -> reading.problems().stream().map(PlanProblem::problem).toList());
  }

  /**
   * The same of a plan that was read and is good by itself: what keeps a run out, wherever it is
   * asked about.
   */
  public static List<Problem> problems(Plan plan, FailoverRequest request, Instant now) {
    return new RequestChecks(plan, request, now).problems();
  }
}
