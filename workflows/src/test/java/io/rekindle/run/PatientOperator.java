package io.rekindle.run;

import io.rekindle.plan.StepGraph;
import io.rekindle.run.RandomStory.Attendance;
import io.rekindle.run.RandomStory.Cure;
import io.rekindle.run.RunState.Phase;
import io.rekindle.run.RunState.Task;
import io.rekindle.run.StepState.Status;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Brings every story to an end: goes on what was paused, opens gates, tries what is blocked twice
 * again, with what puts it right, and then skips it, and in the end gives up. Or takes all back as
 * soon as something was put right.
 */
final class PatientOperator {
  private static final int VISITS = 40;
  private static final int RETRIES = 2;
  private static final Duration BETWEEN = Duration.ofSeconds(7_307);
  private static final Duration A_WHILE = Duration.ofSeconds(617);
  private static final Cure NONE = new Cure(Map.of(), false);
  private static final String NAME = "carl";

  private final Performance run;
  private final RandomStory story;
  private final Map<String, Integer> retries = new HashMap<>();

  PatientOperator(Performance run, RandomStory story) {
    this.run = run;
    this.story = story;
  }

  static boolean gaveUp(Decision decision) {
    return decision instanceof Decision.Abort abort && !abort.rollback() && NAME.equals(abort.by());
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
    state.gates().stream().filter(Gate::open).forEach(gate -> approve(gate, state));
    state.tasks().forEach(this::perform);
    state.steps().stream()
        .filter(step -> step.status() == Status.BLOCKED)
        .forEach(step -> run.tell(help(step)));
    if (story.attendance() == Attendance.TURNS_BACK && hasPutRight()) {
      run.pass(A_WHILE);
      run.tell(new Decision.Abort(true, "it was wrong", NAME, null));
    }
  }

  private boolean hasPutRight() {
    return story.ills().keySet().stream().anyMatch(retries::containsKey);
  }

  private void approve(Gate gate, RunState state) {
    for (String name : List.of("anna", "bert", "dora")) {
      run.tell(
          new Decision.Approve(gate.id(), null, false, failing(gate, state), null, name, null));
    }
  }

  private List<String> failing(Gate gate, RunState state) {
    StepGraph graph = StepGraph.of(story.plan().plan().failover());
    return state.failing(step -> graph.isBefore(gate.id(), step)).stream()
        .map(Finding::name)
        .toList();
  }

  private void perform(Task task) {
    String proof = "https://tickets.example.com/" + task.id();
    run.tell(new Decision.Done(task.id(), Map.of(), proof, "as asked", NAME, null));
  }

  private Decision help(StepState step) {
    boolean gate = story.plan().gates().contains(step.id());
    if (gate || retries.merge(step.id(), 1, Integer::sum) <= RETRIES) {
      boolean adopt = String.valueOf(step.note()).contains("this run did not make it");
      Cure cure = story.ills().getOrDefault(step.id(), NONE);
      return new Decision.Retry(
          step.id(), cure.set(), cure.anew() && !adopt, adopt && !gate, null, NAME, null);
    }
    return new Decision.Skip(
        step.id(), Speaker.outputs(story.plan(), step.id()), "enough", NAME, null);
  }
}
