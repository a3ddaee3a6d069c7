package io.rekindle.starter.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.plan.Plan;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.Step;
import io.rekindle.plan.step.Control.Task.Proof;
import io.rekindle.run.Decision;
import io.rekindle.run.Gate;
import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Task;
import io.rekindle.starter.run.Approvers;
import io.rekindle.starter.run.Runs;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The people of a demonstration, who say yes to everything, by signals. */
record DemoPeople(Narrator narrator, String application, JsonNode plan) {
  private static final Approvers APPROVERS = new Approvers("the demo", "somebody");

  /** At all gates that are open, those say yes whom the plan names. */
  void agree() {
    try (Runs runs = narrator.runs()) {
      state(runs).gates().stream().filter(Gate::open).forEach(gate -> agree(runs, gate));
    }
  }

  /** Says yes to all that is open, and does all that is to be done. */
  void attend() {
    agree();
    perform();
  }

  private void agree(Runs runs, Gate gate) {
    APPROVERS
        .stillNeeded(gate, step(gate.id()))
        .forEach(name ->
            runs.signal(
                application, new Decision.Approve(gate.id(), false, "the demo", name, null)));
  }

  /** What only people can do now is done; gives what it was. */
  List<String> perform() {
    try (Runs runs = narrator.runs()) {
      List<Task> tasks = state(runs).tasks();
      tasks.forEach(task -> runs.signal(application, done(task)));
      return tasks.stream().map(Task::says).toList();
    }
  }

  private static Decision done(Task task) {
    String proof = task.proof() == Proof.NONE ? null : "https://example.com/demonstrated";
    return new Decision.Done(task.id(), Map.of(), proof, "demonstrated", "the demo", null);
  }

  private RunState state(Runs runs) {
    return runs.see(application).state().orElseThrow();
  }

  private Step step(String id) {
    Plan admitted = PlanReader.admitted(plan);
    return Stream.of(admitted.failover(), admitted.failback())
        .flatMap(List::stream)
        .filter(step -> step.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
