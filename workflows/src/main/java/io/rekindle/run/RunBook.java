package io.rekindle.run;

import io.rekindle.action.Readiness.RecoveryPoint;
import io.rekindle.plan.Step;
import io.rekindle.run.RunState.Clocks;
import io.rekindle.run.RunState.Evidence;
import io.rekindle.run.RunState.Gate;
import io.rekindle.run.StepState.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The one place where the state of a run changes. Plain memory of the workflow; replay writes it
 * again.
 */
final class RunBook {
  private final String application;
  private final String run;
  private final Map<String, StepState> steps = new LinkedHashMap<>();
  private final Map<String, Gate> gates = new LinkedHashMap<>();
  private final Map<String, RecoveryPoint> pins = new LinkedHashMap<>();
  private final List<Ruling> rulings = new ArrayList<>();
  private final Map<String, Decision> answers = new LinkedHashMap<>();
  private List<Evidence> evidence = List.of();
  private Phase phase = Phase.ASSESSING;
  private Clocks clocks;
  private boolean paused;
  private boolean rollback;
  private boolean unfenced;
  private boolean closing;
  private Optional<Outcome> outcome = Optional.empty();
  private Optional<String> ending = Optional.empty();

  RunBook(
      String application,
      String run,
      List<Step> steps,
      Instant declared,
      @Nullable Instant impact) {
    this.application = application;
    this.run = run;
    this.clocks = new Clocks(impact, declared, null, null, null, null);
    steps.forEach(step -> this.steps.put(step.id(), StepState.pending(step.id())));
  }

  /** Goes on where an earlier execution of the same run stopped. */
  RunBook(RunState state) {
    this.application = state.application();
    this.run = state.run();
    this.clocks = state.clocks();
    this.phase = state.phase();
    this.paused = state.paused();
    this.rollback = state.rollback();
    this.unfenced = state.unfenced();
    this.outcome = Optional.ofNullable(state.outcome());
    this.ending = Optional.ofNullable(state.ending());
    this.evidence = state.evidence();
    state.steps().forEach(step -> steps.put(step.id(), step));
    state.gates().forEach(gate -> gates.put(gate.id(), gate));
    pins.putAll(state.pins());
    rulings.addAll(state.rulings());
  }

  RunState state() {
    return new RunState(
        application,
        run,
        phase,
        outcome.orElse(null),
        paused,
        ending.orElse(null),
        rollback,
        unfenced,
        List.copyOf(steps.values()),
        List.copyOf(gates.values()),
        Map.copyOf(pins),
        evidence,
        List.copyOf(rulings),
        clocks);
  }

  String application() {
    return application;
  }

  String run() {
    return run;
  }

  Phase phase() {
    return phase;
  }

  void enter(Phase next) {
    phase = next;
  }

  boolean isPaused() {
    return paused;
  }

  void pause(boolean on) {
    paused = on;
  }

  /** Why nothing new is started any more; empty while the run goes on. */
  Optional<String> ending() {
    return ending;
  }

  boolean isEnding() {
    return ending.isPresent();
  }

  boolean isRollback() {
    return rollback;
  }

  /** The first reason to end stays: what fails on the way out does not replace it. */
  void end(Outcome how, String why, boolean undo) {
    if (isEnding()) {
      return;
    }
    outcome = Optional.of(how);
    ending = Optional.of(why);
    rollback = undo;
  }

  Optional<Outcome> outcome() {
    return outcome;
  }

  void recovered(Instant at) {
    outcome = Optional.of(Outcome.RECOVERED);
    phase = Phase.SERVING;
    clocks =
        new Clocks(clocks.impact(), clocks.declared(), clocks.decided(), clocks.fenced(), at, null);
  }

  void rolledBack() {
    outcome = Optional.of(Outcome.ROLLED_BACK);
  }

  boolean isClosing() {
    return closing;
  }

  void close(Instant at) {
    closing = true;
    clocks =
        new Clocks(
            clocks.impact(),
            clocks.declared(),
            clocks.decided(),
            clocks.fenced(),
            clocks.serving(),
            at);
  }

  void decided(Instant at) {
    if (clocks.decided() == null) {
      clocks = new Clocks(clocks.impact(), clocks.declared(), at, clocks.fenced(), null, null);
    }
  }

  void fenced(Instant at) {
    clocks = new Clocks(clocks.impact(), clocks.declared(), clocks.decided(), at, null, null);
  }

  void found(List<Evidence> seen) {
    evidence = List.copyOf(seen);
  }

  List<Evidence> evidence() {
    return evidence;
  }

  boolean isUnfencedAccepted() {
    return unfenced;
  }

  void acceptUnfenced() {
    unfenced = true;
  }

  boolean has(String step) {
    return steps.containsKey(step);
  }

  StepState step(String id) {
    return Objects.requireNonNull(steps.get(id), id);
  }

  List<StepState> steps() {
    return List.copyOf(steps.values());
  }

  void change(String step, UnaryOperator<StepState> how) {
    steps.put(step, how.apply(step(step)));
  }

  boolean is(String step, Status status) {
    return step(step).status() == status;
  }

  boolean anythingChanged() {
    return steps.values().stream().anyMatch(StepState::hasChanged);
  }

  void pin(String step, RecoveryPoint point) {
    pins.put(step, point);
  }

  Map<String, String> pins(String step) {
    RecoveryPoint point = pins.get(step);
    return point == null ? Map.of() : Map.of("recoveryPoint", point.id());
  }

  void open(Gate gate) {
    gates.put(gate.id(), gate);
  }

  Optional<Gate> gate(String id) {
    return Optional.ofNullable(gates.get(id));
  }

  List<Gate> openGates() {
    return gates.values().stream().filter(Gate::open).toList();
  }

  /** What a person decided about a step that waits for it. */
  void answer(String step, Decision decision) {
    answers.put(step, decision);
  }

  boolean isAnswered(String step) {
    return answers.containsKey(step);
  }

  Optional<Decision> takeAnswer(String step) {
    return Optional.ofNullable(answers.remove(step));
  }

  void rule(Ruling ruling) {
    rulings.add(ruling);
  }
}
