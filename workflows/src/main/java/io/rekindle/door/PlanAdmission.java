package io.rekindle.door;

import io.rekindle.plan.PlanReader;
import java.util.ArrayList;
import java.util.List;

/** Admits plans that validation finds good, with options that fit them. */
public final class PlanAdmission implements Admission {
  /** More are not read by anyone who started a run; {@code rekindle validate} shows all. */
  private static final int MOST = 50;

  @Override
  public List<String> admit(FailoverRequest request) {
    List<String> problems = problems(request);
    if (problems.size() <= MOST) {
      return problems;
    }
    List<String> first = new ArrayList<>(problems.subList(0, MOST));
    first.add("… and %,d more problems".formatted(problems.size() - MOST));
    return first;
  }

  private static List<String> problems(FailoverRequest request) {
    PlanReader.Reading reading = PlanReader.read(request.plan());
    return reading
        .plan()
        .map(plan -> RequestChecks.problems(plan, request))
        .orElseGet(() ->
            reading.problems().stream().map(problem -> problem.problem().sentence()).toList());
  }
}
