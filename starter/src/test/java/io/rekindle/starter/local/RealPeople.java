package io.rekindle.starter.local;

import io.rekindle.plan.PlanReader;
import io.rekindle.plan.Step;
import io.rekindle.plan.step.Control.Task.Proof;
import io.rekindle.run.Decision;
import io.rekindle.run.Gate;
import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Task;
import io.rekindle.starter.run.Approvers;
import java.util.Map;

/** Those whom a run asks, as its plan names them. */
record RealPeople(RealRun run) {
  private static final Approvers APPROVERS = new Approvers("a test", "somebody");

  void approve(boolean acceptUnfenced) {
    run.awaitGate().gates().stream()
        .filter(Gate::open)
        .findFirst()
        .ifPresent(gate -> agree(gate, acceptUnfenced));
  }

  /**
   * What is open now is done, and agreed to; where something else was shown by then, it is asked
   * again.
   */
  void attendTo(RunState state) {
    state.tasks().forEach(this::perform);
    state.gates().stream().filter(Gate::open).forEach(gate -> agree(gate, false));
  }

  /** Does what only people can do, as soon as there is any of it. */
  void doTasks() {
    run.await(
            "people have something to do",
            any -> !any.tasks().isEmpty() || any.outcome() == Outcome.RECOVERED)
        .tasks()
        .forEach(this::perform);
  }

  private void perform(Task task) {
    String proof = task.proof() == Proof.NONE ? null : "https://example.com/seen";
    run.signal(new Decision.Done(task.id(), Map.of(), proof, "at once", "a test", null));
  }

  /** As many of those who have not said yes as it takes. */
  private void agree(Gate gate, boolean acceptUnfenced) {
    APPROVERS
        .stillNeeded(gate, step(gate.id()))
        .forEach(
            who -> run.signal(new Decision.Approve(gate.id(), acceptUnfenced, "go", who, null)));
  }

  private Step step(String id) {
    return PlanReader.admitted(PlanReader.tree(run.plan())).step(id).orElseThrow();
  }
}
