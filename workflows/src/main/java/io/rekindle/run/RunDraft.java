package io.rekindle.run;

import io.rekindle.action.Readiness.RecoveryPoint;
import io.rekindle.run.RunState.Clocks;
import io.rekindle.run.RunState.Evidence;
import io.rekindle.run.RunState.OpenFence;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Phase;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.RunState.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run's state while it is being changed: what a record lacks. */
final class RunDraft {
  private final String application;
  private final String run;
  final Map<String, StepState> steps = new LinkedHashMap<>();
  final Map<String, Gate> gates = new LinkedHashMap<>();
  final Map<String, Task> tasks = new LinkedHashMap<>();
  final Map<String, RecoveryPoint> pins;
  final List<Ruling> rulings;
  final List<String> lost;
  List<Finding> findings;
  List<Evidence> evidence;
  Phase phase;
  Clocks clocks;
  @Nullable Outcome outcome;
  @Nullable String ending;
  @Nullable String doubt;
  @Nullable String stayed;
  boolean paused;
  boolean rollback;
  boolean unfenced;
  final List<String> waived;
  final Map<String, OpenFence> openFences = new LinkedHashMap<>();
  int messages;

  RunDraft(RunState state) {
    application = state.application();
    run = state.run();
    state.steps().forEach(step -> steps.put(step.id(), step));
    state.gates().forEach(gate -> gates.put(gate.id(), gate));
    state.tasks().forEach(task -> tasks.put(task.id(), task));
    findings = state.findings();
    pins = new LinkedHashMap<>(state.pins());
    rulings = new ArrayList<>(state.rulings());
    lost = new ArrayList<>(state.lost());
    evidence = state.evidence();
    phase = state.phase();
    clocks = state.clocks();
    outcome = state.outcome();
    ending = state.ending();
    doubt = state.doubt();
    stayed = state.stayed();
    paused = state.paused();
    rollback = state.rollback();
    unfenced = state.unfenced();
    waived = new ArrayList<>(state.waived());
    state.openFences().forEach(open -> openFences.put(open.fence(), open));
    messages = state.messages();
  }

  /** The newest of each step; they change seldom, so they are cut here. */
  void found(List<Finding> newest) {
    Map<String, Finding> all = new LinkedHashMap<>();
    findings.forEach(finding -> all.put(finding.step(), finding));
    newest.forEach(finding -> all.put(finding.step(), finding));
    findings = Memory.ofFindings(all.values());
  }

  /** Closes what is open, and says so at the steps that asked. */
  void stopAsking() {
    gates.replaceAll((id, gate) -> {
      if (gate.open()) {
        note(id, "the run ended before it was answered");
      }
      return gate.closed();
    });
    tasks.keySet().forEach(id -> note(id, "the run ended before it was done"));
    tasks.clear();
  }

  private void note(String step, String what) {
    steps.computeIfPresent(step, (id, state) -> state.noted(what));
  }

  RunState state() {
    return new RunState(
        application,
        run,
        phase,
        outcome,
        paused,
        ending == null ? null : Limit.SENTENCE.cut(ending),
        rollback,
        unfenced,
        waived,
        List.copyOf(openFences.values()),
        Memory.ofSteps(steps.values()),
        Memory.ofGates(gates.values()),
        Memory.ofTasks(tasks.values()),
        pins,
        Memory.ofEvidence(evidence),
        findings,
        Memory.ofRulings(rulings),
        clocks,
        messages,
        Memory.ofLost(lost),
        doubt,
        stayed == null ? null : Limit.SENTENCE.cut(stayed));
  }
}
