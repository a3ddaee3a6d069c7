package io.rekindle.starter.run;

import io.rekindle.run.Gate;
import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Task;
import io.rekindle.run.StepState.Status;
import java.util.List;

/** What a run waits for a person for, in sentences. */
public final class Waits {
  private Waits() {}

  public static String at(Gate gate) {
    return "gate '" + gate.id() + "' is open: " + gate.question();
  }

  public static String at(Task task) {
    return "task '" + task.id() + "'" + task.forOwner() + " is to be done: " + task.says();
  }

  /** One for each step that cannot go on. */
  public static List<String> atSteps(RunState state) {
    return state.steps().stream()
        .filter(step -> step.status() == Status.BLOCKED)
        .map(step -> "step '" + step.id() + "' is blocked: " + step.note())
        .toList();
  }
}
