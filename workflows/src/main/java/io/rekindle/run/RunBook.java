package io.rekindle.run;

import io.rekindle.action.ActionCall.Point;
import io.rekindle.action.Readiness.RecoveryPoint;
import io.rekindle.plan.Step;
import io.rekindle.run.RunState.Clocks;
import io.rekindle.run.RunState.Evidence;
import io.rekindle.run.RunState.Gate;
import io.rekindle.run.StepState.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
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
  private Optional<Outcome> outcome = Optional.empty();
  private Optional<String> ending = Optional.empty();
  private int messages;
  private List<String> lost = new ArrayList<>();
  private long version;

  RunBook(
      String application,
      String run,
      List<Step> steps,
      Instant declared,
      @Nullable Instant impact) {
    this.application = application;
    this.run = run;
    this.clocks = new Clocks(impact, declared, null, null, null, null);
    expect(steps);
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
    this.messages = state.messages();
    lost.addAll(state.lost());
  }

  /** Steps that will run, unless they are known already. */
  void expect(List<Step> more) {
    more.forEach(step -> steps.putIfAbsent(step.id(), StepState.pending(step.id())));
    version++;
  }

  /** Counts changes of the book, so that whoever shows it knows when to look again. */
  long version() {
    return version;
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
        clocks,
        messages,
        List.copyOf(lost));
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
    version++;
  }

  boolean isPaused() {
    return paused;
  }

  void pause(boolean on) {
    paused = on;
    version++;
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
    version++;
  }

  Optional<Outcome> outcome() {
    return outcome;
  }

  void recovered(Instant at) {
    outcome = Optional.of(Outcome.RECOVERED);
    enter(Phase.SERVING);
    clocks =
        new Clocks(clocks.impact(), clocks.declared(), clocks.decided(), clocks.fenced(), at, null);
  }

  void cameOut(Outcome how) {
    outcome = Optional.of(how);
    version++;
  }

  Instant declared() {
    return clocks.declared();
  }

  boolean isClosing() {
    return clocks.closed() != null;
  }

  void close(Instant at) {
    clocks =
        new Clocks(
            clocks.impact(),
            clocks.declared(),
            clocks.decided(),
            clocks.fenced(),
            clocks.serving(),
            at);
    version++;
  }

  /** The first yes of a person: from here on things change. */
  void decided(Instant at) {
    if (clocks.decided() == null) {
      clocks = new Clocks(clocks.impact(), clocks.declared(), at, clocks.fenced(), null, null);
    }
    if (phase == Phase.WAITING) {
      enter(Phase.RECOVERING);
    }
  }

  void fenced(Instant at) {
    clocks = new Clocks(clocks.impact(), clocks.declared(), clocks.decided(), at, null, null);
  }

  void found(List<Evidence> seen) {
    evidence = List.copyOf(seen);
    version++;
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
    version++;
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

  Map<String, RecoveryPoint> pins() {
    return Collections.unmodifiableMap(pins);
  }

  Optional<Point> pinned(String step) {
    return Optional.ofNullable(pins.get(step)).map(point -> new Point(point.id(), null));
  }

  void open(Gate gate) {
    gates.put(gate.id(), gate);
    version++;
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

  /** A number that no other message of the run has. */
  int nextMessage() {
    return ++messages;
  }

  void lostMessage(String why) {
    lost.add(why);
  }

  /** Whether nothing but people and time can make it go on: then it can be continued as new. */
  boolean isAtRest() {
    return answers.isEmpty()
        && steps.values().stream().noneMatch(step -> step.status() == Status.RUNNING);
  }
}
