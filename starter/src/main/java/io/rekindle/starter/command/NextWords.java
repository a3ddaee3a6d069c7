package io.rekindle.starter.command;

import io.rekindle.run.Phase;
import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Gate;
import io.rekindle.run.StepState;
import io.rekindle.run.StepState.Status;
import java.util.ArrayList;
import java.util.List;

/** What a person can say to a run as it is: whole commands, ready to be pasted. */
final class NextWords {
  private NextWords() {}

  static List<String> of(RunState state) {
    List<String> words = new ArrayList<>();
    String application = state.application();
    for (Gate gate : state.gates()) {
      if (gate.open()) {
        words.add("rekindle approve " + application + " --gate " + gate.id() + " --comment '…'");
        words.add("rekindle reject " + application + " --gate " + gate.id() + " --comment '…'");
      }
    }
    for (StepState step : state.steps()) {
      if (step.status() == Status.BLOCKED) {
        String named = application + " " + step.id();
        words.add("rekindle retry " + named);
        words.add("rekindle done " + named + " --reason '…'");
        words.add("rekindle skip " + named + " --reason '…'");
      }
    }
    if (state.paused()) {
      words.add("rekindle resume " + application);
    }
    words.add(
        state.phase() == Phase.SERVING
            ? "rekindle close " + application
            : "rekindle abort " + application + " --reason '…'");
    return words;
  }
}
