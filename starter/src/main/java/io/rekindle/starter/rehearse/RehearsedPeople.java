package io.rekindle.starter.rehearse;

import io.rekindle.forecast.Draw;
import io.rekindle.forecast.Timetable;
import io.rekindle.plan.Spread;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.step.Control.Task.Proof;
import io.rekindle.run.Decision;
import io.rekindle.run.Finding;
import io.rekindle.run.Gate;
import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.RunState.Task;
import io.rekindle.run.StepState;
import io.rekindle.starter.run.Approvers;
import io.rekindle.starter.run.Waits;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The people of a rehearsal: they answer at gates at once, and do their tasks in the time that
 * these are expected to take. Where the script says how slow they are, they take that long, at
 * gates too.
 */
final class RehearsedPeople {
  private final Rehearsal.Setting setting;
  private final StepGraph graph;
  private final WorkflowStub run;
  private final Consumer<Instant> alarm;
  private final Set<Instant> alarms = new HashSet<>();

  /**
   * @param alarm asks them again at that time
   */
  RehearsedPeople(
      Rehearsal.Setting setting, StepGraph graph, WorkflowStub run, Consumer<Instant> alarm) {
    this.setting = setting;
    this.graph = graph;
    this.run = run;
    this.alarm = alarm;
  }

  /** Decides whatever the run waits for. Gives what nobody decided, or why a decision failed. */
  Optional<String> refusal(RunState state, Instant now) {
    return state.gates().stream()
        .filter(Gate::open)
        .filter(gate -> isTime(decided(gate, state), now, state))
        .flatMap(gate -> answer(gate, state).stream())
        .findFirst()
        .or(() ->
            state.tasks().stream()
                .filter(task -> isTime(done(task), now, state))
                .flatMap(task -> perform(task, state).stream())
                .findFirst());
  }

  /**
   * Whether it is that late already; if not, they are asked again when it is. The run itself wakes
   * up when a task takes longer than expected, and the embedded server stumbles over two who come
   * at once.
   */
  private boolean isTime(Instant then, Instant now, RunState state) {
    boolean isTime = !now.isBefore(then);
    boolean isKnown = state.tasks().stream().anyMatch(task -> task.late().equals(then));
    if (!isTime && !isKnown && alarms.add(then)) {
      alarm.accept(then);
    }
    return isTime;
  }

  private Optional<Double> slowness(String step) {
    return Optional.ofNullable(setting.script().slowness().get(step));
  }

  private Instant decided(Gate gate, RunState state) {
    Instant asked =
        state.steps().stream()
            .filter(step -> step.id().equals(gate.id()))
            .findFirst()
            .map(StepState::started)
            .orElse(gate.opened());
    Spread lasts = graph.step(gate.id()).kind().settles();
    double drawn = new Draw(setting.seed()).of(lasts, Draw.lot(gate.id(), 1, Timetable.SETTLING));
    return asked.plusMillis(Math.round(drawn * 1000 * slowness(gate.id()).orElse(0.0)));
  }

  private Instant done(Task task) {
    Duration expected = Duration.between(task.opened(), task.late());
    return task.opened()
        .plusMillis(Math.round(expected.toMillis() * slowness(task.id()).orElse(1.0)));
  }

  private Optional<String> answer(Gate gate, RunState state) {
    return switch (setting.approver().to(gate.question())) {
      case YES -> approve(gate, state);
      case NO -> reject(gate, state);
      case NONE -> Optional.of(Waits.at(gate));
    };
  }

  private Optional<String> approve(Gate gate, RunState state) {
    Approvers approvers = new Approvers(setting.request().requester(), "rehearsal");
    return approvers.stillNeeded(gate, graph.step(gate.id())).stream()
        .map(name ->
            send(
                new Decision.Approve(
                    gate.id(),
                    gate.shown(),
                    setting.acceptUnfenced(),
                    failing(gate, state),
                    "rehearsed",
                    name,
                    state.run())))
        .filter(ruling -> !ruling.obeyed())
        .map(ruling -> "gate '" + gate.id() + "' stays open: " + ruling.sentence())
        .findFirst();
  }

  private List<String> failing(Gate gate, RunState state) {
    return state.failing(step -> graph.isBefore(gate.id(), step)).stream()
        .map(Finding::name)
        .toList();
  }

  private Optional<String> reject(Gate gate, RunState state) {
    Ruling ruling = send(new Decision.Reject(gate.id(), "rehearsed", "rehearsal", state.run()));
    return ruling.obeyed() ? Optional.empty() : Optional.of(ruling.sentence());
  }

  private Optional<String> perform(Task task, RunState state) {
    return switch (setting.approver().to(task.says() + " Is it done?")) {
      case YES -> done(task, state);
      case NO, NONE -> Optional.of(Waits.at(task));
    };
  }

  private Optional<String> done(Task task, RunState state) {
    String proof = task.proof() == Proof.NONE ? null : "https://example.com/rehearsed";
    Ruling ruling =
        send(new Decision.Done(task.id(), Map.of(), proof, "rehearsed", "rehearsal", state.run()));
    return ruling.obeyed()
        ? Optional.empty()
        : Optional.of("task '" + task.id() + "' is not done: " + ruling.sentence());
  }

  private Ruling send(Decision decision) {
    return run.update(decision.verb(), Ruling.class, decision);
  }
}
