package io.rekindle.starter.local;

import io.rekindle.plan.Plan;
import io.rekindle.plan.step.Control.Task.Proof;
import io.rekindle.run.Decision;
import io.rekindle.run.Gate;
import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Task;
import io.rekindle.starter.run.Approvers;
import io.rekindle.starter.run.Runs;
import java.util.List;
import java.util.Map;

/** The people of a demonstration, who say yes to everything, by signals. */
record DemoPeople(String application, Plan plan) {
  private static final Approvers APPROVERS = new Approvers("the demo", "somebody");

  /** Says yes to all that is open, and does all that is to be done. */
  void attend(Runs runs) {
    agree(runs);
    perform(runs);
  }

  /** At all gates that are open, those say yes whom the plan names. */
  void agree(Runs runs) {
    state(runs).gates().stream().filter(Gate::open).forEach(gate -> agree(runs, gate));
  }

  private void agree(Runs runs, Gate gate) {
    APPROVERS
        .stillNeeded(gate, plan.step(gate.id()).orElseThrow())
        .forEach(name ->
            runs.signal(
                application, new Decision.Approve(gate.id(), false, "the demo", name, null)));
  }

  /** What only people can do now is done; gives what it was. */
  List<String> perform(Runs runs) {
    List<Task> tasks = state(runs).tasks();
    tasks.forEach(task -> runs.signal(application, done(task)));
    return tasks.stream().map(Task::says).toList();
  }

  private static Decision done(Task task) {
    String proof = task.proof() == Proof.NONE ? null : "https://example.com/demonstrated";
    return new Decision.Done(task.id(), Map.of(), proof, "demonstrated", "the demo", null);
  }

  private RunState state(Runs runs) {
    return runs.see(application).state().orElseThrow();
  }
}
