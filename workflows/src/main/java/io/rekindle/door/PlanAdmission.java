package io.rekindle.door;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.plan.Plan;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.PlanReader.PlanProblem;
import io.rekindle.plan.shape.Problem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

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
    return problems(request.plan(), plan -> problems(plan, request, clock.instant()));
  }

  @Override
  public List<String> admitDrill(DrillRequest request) {
    return problems(request.plan(), plan -> problems(plan, request));
  }

  /**
   * What is wrong with a plan, or else with what is asked of it; the first ones where they are
   * many.
   */
  private static List<String> problems(JsonNode sent, Function<Plan, List<Problem>> asked) {
    PlanReader.Reading reading = PlanReader.read(sent);
    List<String> problems =
        reading
            .plan()
            .map(asked)
            .orElseGet(() -> reading.problems().stream().map(PlanProblem::problem).toList())
            .stream()
            .map(Problem::sentence)
            .toList();
    if (problems.size() <= MOST) {
      return problems;
    }
    List<String> first = new ArrayList<>(problems.subList(0, MOST));
    first.add("… and %,d more problems".formatted(problems.size() - MOST));
    return first;
  }

  /** Everything that is wrong with what a drill is started with, for a plan that is good. */
  public static List<Problem> problems(Plan plan, DrillRequest request) {
    Refusals refusals = new Refusals();
    refusals.known(
        "drill", "drill", request.drill(), plan.drills().stream().map(Plan.Drill::name).toList());
    return refusals.all();
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
