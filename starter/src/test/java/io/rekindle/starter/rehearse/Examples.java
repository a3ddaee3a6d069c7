package io.rekindle.starter.rehearse;

import static io.rekindle.starter.CommandFixture.ROOT;

import io.rekindle.door.FailoverRequest;
import io.rekindle.plan.Mode;
import io.rekindle.plan.Plan;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.Selection;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.Trees;
import io.rekindle.rehearse.Script;
import io.rekindle.starter.rehearse.Approver.Answer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The example plans, and rehearsals of them in which everybody says yes. */
final class Examples {
  static final List<String> ALL =
      List.of(
          "visitor-counter",
          "pilot-light-service",
          "aurora-serverless",
          "iot-frugal",
          "iot-multi-region");

  private Examples() {}

  static Plan plan(String name) {
    return PlanReader.read(ROOT.resolve("examples/" + name + ".yaml")).plan().orElseThrow();
  }

  static Selection selection(Plan plan) {
    return Selection.of(plan, Mode.OUTAGE, Map.of(), Set.of());
  }

  /** The steps that take part in the failover, each after all that it needs. */
  static List<Step> steps(Plan plan) {
    return StepGraph.of(plan.failover()).only(selection(plan)::takes).inOrder();
  }

  /**
   * @param crashAfter the step after which the worker dies; empty for none
   */
  static Rehearsed play(Plan plan, long seed, String crashAfter) throws InterruptedException {
    FailoverRequest request =
        FailoverRequest.whole(
            Trees.json(plan.source()), Mode.OUTAGE, Map.of(), "a test", "rehearsal");
    Rehearsal.Setting setting =
        new Rehearsal.Setting(request, Script.SMOOTH, seed, gate -> Answer.YES, false, crashAfter);
    return Rehearsal.play(plan, setting, state -> {});
  }
}
