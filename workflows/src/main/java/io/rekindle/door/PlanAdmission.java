package io.rekindle.door;

import io.rekindle.plan.Plan;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.PlanReader.PlanProblem;
import io.rekindle.plan.shape.Problem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Admits plans that validation finds good, with options that fit them. */
public final class PlanAdmission implements Admission, DrillAdmission {
  /** More are not read by anyone who started a run; {@code rekindle validate} shows all. */
  private static final int MOST = 50;

  private final InstantSource clock;

  public PlanAdmission() {
    this(InstantSource.system());
  }

  /**
   * @param clock what the time is when a run is started
   */
  public PlanAdmission(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public List<String> admit(FailoverRequest request) {
    return first(problems(request));
  }

  @Override
  public List<String> admitDrill(DrillRequest request) {
    PlanReader.Reading reading = PlanReader.read(request.plan());
    return first(
        reading
            .plan()
            .map(plan -> problems(plan, request))
            .orElseGet(() -> reading.problems().stream().map(PlanProblem::problem).toList())
            .stream()
            .map(Problem::sentence)
            .toList());
  }

  /** Everything that is wrong with what a drill is started with, for a plan that is good. */
  public static List<Problem> problems(Plan plan, DrillRequest request) {
    Refusals refusals = new Refusals();
    refusals.known(
        "drill", "drill", request.drill(), plan.drills().stream().map(Plan.Drill::name).toList());
    return refusals.all();
  }

  private static List<String> first(List<String> problems) {
    if (problems.size() <= MOST) {
      return problems;
    }
    List<String> first = new ArrayList<>(problems.subList(0, MOST));
    first.add("… and %,d more problems".formatted(problems.size() - MOST));
    return first;
  }

  private List<String> problems(FailoverRequest request) {
    PlanReader.Reading reading = PlanReader.read(request.plan());
    return reading
        .plan()
        .map(plan -> problems(plan, request, clock.instant()))
        .orElseGet(() -> reading.problems().stream().map(PlanProblem::problem).toList())
        .stream()
        .map(Problem::sentence)
        .toList();
  }

  /**
   * Everything that is wrong with what a failover is started with, for a plan that is good by
   * itself: what keeps a run out, wherever it is asked about.
   */
  public static List<Problem> problems(Plan plan, FailoverRequest request) {
    return problems(plan, request, Instant.now());
  }

  private static List<Problem> problems(Plan plan, FailoverRequest request, Instant now) {
    return new RequestChecks(plan, request, now).problems();
  }
}
