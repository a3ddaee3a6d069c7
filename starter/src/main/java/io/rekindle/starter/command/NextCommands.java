package io.rekindle.starter.command;

import io.rekindle.plan.step.Control.Task.Proof;
import io.rekindle.run.Decision;
import io.rekindle.run.Phase;
import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Gate;
import io.rekindle.run.RunState.Task;
import io.rekindle.run.StepState;
import io.rekindle.run.StepState.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a person can say to a run as it is: whole commands, ready to be pasted.
 *
 * @param ours for {@code rekindle}
 * @param temporal the same for the stock {@code temporal} command line
 */
record NextCommands(List<String> ours, List<String> temporal) {
  private static final String BLANK = "…";

  static final NextCommands NONE = new NextCommands(List.of(), List.of());

  static NextCommands in(RunState state) {
    List<Decision> decisions = decisions(state);
    String application = state.application();
    return new NextCommands(
        decisions.stream().map(decision -> ours(application, decision)).toList(),
        decisions.stream()
            .map(decision -> TemporalCommand.signal(application, decision).line())
            .toList());
  }

  private static List<Decision> decisions(RunState state) {
    List<Decision> decisions = new ArrayList<>();
    for (Gate gate : state.gates()) {
      if (gate.open()) {
        decisions.add(new Decision.Approve(gate.id(), false, BLANK, BLANK, null));
        decisions.add(new Decision.Reject(gate.id(), BLANK, BLANK, null));
      }
    }
    for (Task task : state.tasks()) {
      String proof = task.proof() == Proof.NONE ? null : BLANK;
      decisions.add(new Decision.Done(task.id(), Map.of(), proof, BLANK, BLANK, null));
      decisions.add(new Decision.Skip(task.id(), Map.of(), BLANK, BLANK, null));
    }
    for (StepState step : state.steps()) {
      if (step.status() == Status.BLOCKED) {
        decisions.add(new Decision.Retry(step.id(), Map.of(), false, false, null, BLANK, null));
        decisions.add(new Decision.Done(step.id(), Map.of(), null, BLANK, BLANK, null));
        decisions.add(new Decision.Skip(step.id(), Map.of(), BLANK, BLANK, null));
      }
    }
    if (state.paused()) {
      decisions.add(new Decision.Resume(null, BLANK, null));
    }
    decisions.add(
        state.phase() == Phase.SERVING
            ? new Decision.Close(null, BLANK, null)
            : new Decision.Abort(false, BLANK, BLANK, null));
    return decisions;
  }

  private static String ours(String application, Decision decision) {
    String said = "rekindle " + decision.verb() + " " + application;
    return switch (decision) {
      case Decision.Approve approve -> said + " --gate " + approve.gate() + " --comment '…'";
      case Decision.Reject reject -> said + " --gate " + reject.gate() + " --comment '…'";
      case Decision.Retry retry -> said + " " + retry.step();
      case Decision.Done done ->
          said + " " + done.step() + (done.proof() == null ? "" : " --proof '…'") + " --reason '…'";
      case Decision.Skip skip -> said + " " + skip.step() + " --reason '…'";
      case Decision.Abort abort -> said + " --reason '…'";
      case Decision.Pause pause -> said;
      case Decision.Resume resume -> said;
      case Decision.Close close -> said;
      case Decision.Failback failback -> said;
    };
  }
}
