package io.rekindle.plan.check;

import io.rekindle.plan.Plan;
import io.rekindle.plan.shape.Problem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** All checks of a plan whose fields could be read. */
public final class PlanChecks {
  private static final List<Check> ALL =
      List.of(
          new Sizes(),
          new Ids(),
          new RegionsAndParameters(),
          new Uses(),
          new Needs(),
          new Expressions(),
          new Fields(),
          new NewNames(),
          new Approvals(),
          new Traffic(),
          new Stores(),
          new Settings(),
          new Drills());

  private PlanChecks() {}

  /**
   * @param regionsReadable whether the Regions were read as written; otherwise stand-ins take their
   *     place, and nothing is said about their values
   */
  public static Set<Problem> run(Plan plan, boolean regionsReadable) {
    Draft draft = Draft.of(plan, regionsReadable);
    Set<Problem> problems = new LinkedHashSet<>();
    try {
      ALL.forEach(check -> check.run(draft, problem -> add(problem, problems)));
    } catch (Enough enough) {
      return problems;
    }
    return problems;
  }

  private static void add(Problem problem, Set<Problem> problems) {
    problems.add(problem);
    if (problems.size() > Problem.MOST) {
      throw new Enough();
    }
  }

  /** Ends the search. */
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1;

    Enough() {
      super("There are problems enough.", null, false, false);
    }
  }
}
