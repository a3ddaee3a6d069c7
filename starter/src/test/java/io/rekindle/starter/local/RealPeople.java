package io.rekindle.starter.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.step.Control.Task.Proof;
import io.rekindle.run.Decision;
import io.rekindle.run.Gate;
import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Task;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Those whom a run asks, as its plan names them. */
record RealPeople(RealRun run) {
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
    approvers(gate).stream()
        .filter(who -> !gate.agreed().contains(who))
        .limit(gate.quorum() - gate.agreed().size())
        .forEach(
            who -> run.signal(new Decision.Approve(gate.id(), acceptUnfenced, "go", who, null)));
  }

  private List<String> approvers(Gate gate) {
    JsonNode plan = PlanReader.tree(run.plan());
    return StreamSupport.stream(plan.findParents("uses").spliterator(), false)
        .filter(step -> step.path("id").asText().equals(gate.id()))
        .flatMap(step -> StreamSupport.stream(step.at("/with/approvers").spliterator(), false))
        .map(JsonNode::asText)
        .toList();
  }
}
