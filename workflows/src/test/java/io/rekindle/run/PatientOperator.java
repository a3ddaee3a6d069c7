package io.rekindle.run;

import io.rekindle.run.RunState.Gate;
import io.rekindle.run.RunState.Phase;
import io.rekindle.run.RunState.Task;
import io.rekindle.run.StepState.Status;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings every story to an end: goes on what was paused, opens gates, tries what is blocked twice
 * again and then skips it, and in the end gives up.
 */
final class PatientOperator {
  private static final int VISITS = 40;
  private static final int RETRIES = 2;
  private static final Duration BETWEEN = Duration.ofSeconds(7_307);
  private static final String NAME = "carl";

  private final Performance run;
  private final RandomPlan plan;
  private final Map<String, Integer> retries = new HashMap<>();

  PatientOperator(Performance run, RandomPlan plan) {
    this.run = run;
    this.plan = plan;
  }

  static boolean gaveUp(Decision decision) {
    return decision instanceof Decision.Abort && NAME.equals(decision.by());
  }

  void finish() {
    for (int visit = 0; visit < VISITS && run.isOpen(); visit++) {
      RunState state = run.status();
      if (state.phase() == Phase.SERVING) {
        run.tell(new Decision.Close("the story was told", NAME, state.run()));
      } else {
        help(state);
      }
      run.pass(BETWEEN);
    }
    if (run.isOpen()) {
      run.tell(new Decision.Abort(false, "this leads nowhere", NAME, null));
      run.pass(BETWEEN);
    }
  }

  private void help(RunState state) {
    if (state.paused()) {
      run.tell(new Decision.Resume(null, NAME, state.run()));
    }
    state.gates().stream().filter(Gate::open).forEach(this::approve);
    state.tasks().forEach(this::perform);
    state.steps().stream()
        .filter(step -> step.status() == Status.BLOCKED)
        .forEach(step -> run.tell(help(step)));
  }

  private void approve(Gate gate) {
    for (String name : List.of("anna", "bert", "dora")) {
      run.tell(new Decision.Approve(gate.id(), false, null, name, null));
    }
  }

  private void perform(Task task) {
    String proof = "https://tickets.example.com/" + task.id();
    run.tell(new Decision.Done(task.id(), Map.of(), proof, "as asked", NAME, null));
  }

  private Decision help(StepState step) {
    boolean gate = plan.gates().contains(step.id());
    if (gate || retries.merge(step.id(), 1, Integer::sum) <= RETRIES) {
      boolean adopt = String.valueOf(step.note()).contains("this run did not make it");
      return new Decision.Retry(step.id(), Map.of(), false, adopt && !gate, null, NAME, null);
    }
    return new Decision.Skip(step.id(), RandomStory.outputs(plan, step.id()), "enough", NAME, null);
  }
}
