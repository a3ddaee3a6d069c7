package io.rekindle.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.action.ActionCall.Point;
import io.rekindle.plan.Step;
import io.rekindle.run.RunState.Evidence;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Phase;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.RunState.Task;
import io.rekindle.run.StepState.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The one place where the state of a run changes. Plain memory of the workflow; replay writes it
 * again.
 */
final class RunBook {
  private final Meanwhile meanwhile = new Meanwhile();
  private final Fences fences = new Fences(this);
  private RunState state;
  private Map<String, StepState> steps = Map.of();
  private Duration paused = Duration.ZERO;

  /** Since when nothing may be changed; a run that was paused before counts from its beginning. */
  private Instant pausedSince;

  RunBook(RunState state) {
    this.state = state;
    this.pausedSince = state.clocks().declared();
    index();
  }

  RunState state() {
    return state;
  }

  void change(Consumer<RunDraft> how) {
    state = state.with(how);
    index();
  }

  private void index() {
    steps = state.steps().stream().collect(Collectors.toMap(StepState::id, Function.identity()));
  }

  /** Steps that will run, unless they are known already. */
  void expect(List<Step> more) {
    change(draft ->
        more.forEach(step -> draft.steps.putIfAbsent(step.id(), StepState.pending(step.id()))));
  }

  String application() {
    return state.application();
  }

  String run() {
    return state.run();
  }

  Phase phase() {
    return state.phase();
  }

  void enter(Phase next) {
    change(draft -> draft.phase = next);
  }

  boolean isPaused() {
    return state.paused();
  }

  void pause(Instant at) {
    pausedSince = at;
    change(draft -> draft.paused = true);
  }

  void resume(Instant at) {
    paused = pausedFor(at);
    change(draft -> draft.paused = false);
  }

  /** How long nothing could be changed until now: only differences of it mean something. */
  Duration pausedFor(Instant now) {
    return isPaused() ? paused.plus(Duration.between(pausedSince, now)) : paused;
  }

  /** Why nothing new is started any more; empty while the run goes on. */
  Optional<String> ending() {
    return Optional.ofNullable(state.ending());
  }

  boolean isEnding() {
    return state.ending() != null;
  }

  boolean isRollback() {
    return state.rollback();
  }

  /**
   * The first reason to end stays: what fails on the way out does not replace it. Nobody is waited
   * for any more. Only the way back ends where there is one: the application goes on serving.
   */
  void end(Outcome how, String why, boolean undo) {
    boolean turnsBack = phase() == Phase.FAILING_BACK;
    if (!isEnding()) {
      change(draft -> {
        draft.outcome = turnsBack ? draft.outcome : how;
        draft.ending = why;
        draft.rollback = turnsBack || undo;
        draft.paused = false;
        draft.stopAsking();
      });
    }
  }

  /** What the failover did is undone although traffic has moved: it goes home. */
  void retreat(String why, Instant at) {
    end(Outcome.ABORTED, why, true);
    change(draft -> draft.clocks = draft.clocks.withReturning(at));
  }

  boolean isRetreating() {
    return isEnding() && phase() != Phase.FAILING_BACK && state.clocks().returning() != null;
  }

  /** How it ended, in full: also where Temporal says only that it was cancelled. */
  void conclude(String how) {
    change(draft -> draft.ending = how);
  }

  Optional<Outcome> outcome() {
    return Optional.ofNullable(state.outcome());
  }

  void cameOut(Outcome how) {
    change(draft -> draft.outcome = how);
  }

  void recovered(Conclusion how, Instant at) {
    change(draft -> {
      draft.outcome = how.outcome();
      draft.doubt = how.why();
      draft.phase = Phase.SERVING;
      draft.paused = false;
      draft.clocks = draft.clocks.withServing(at);
    });
  }

  /** Whether it stands still, until somebody wants it closed or brought back. */
  boolean isServing() {
    return phase() == Phase.SERVING && !isClosing();
  }

  /**
   * The way back begins.
   *
   * @param other the plan to take from here on, where it is another one
   */
  void goHome(Optional<JsonNode> other, Instant at) {
    meanwhile.amend(other);
    change(draft -> {
      draft.phase = Phase.FAILING_BACK;
      draft.stayed = null;
      draft.clocks = draft.clocks.withReturning(at);
    });
  }

  /**
   * The way back was given up: should it be taken again, then from its beginning.
   *
   * @param way its steps
   */
  void stay(List<Step> way, String why) {
    change(draft -> {
      way.forEach(step -> draft.steps.computeIfPresent(step.id(), (id, was) -> was.anew()));
      draft.phase = Phase.SERVING;
      draft.ending = null;
      draft.rollback = false;
      draft.stayed = why;
      draft.clocks = draft.clocks.withReturning(null);
    });
  }

  void home(Conclusion how, Instant at) {
    change(draft -> {
      draft.outcome = how.outcome();
      draft.doubt = how.why();
      draft.clocks = draft.clocks.withHome(at);
    });
  }

  boolean isClosing() {
    return state.clocks().closed() != null;
  }

  /** Whether nothing that is under way is waited for any more. */
  boolean isLeaving() {
    return isEnding() || isClosing();
  }

  void close(Instant at) {
    change(draft -> draft.clocks = draft.clocks.withClosed(at));
  }

  /** The first yes of a person: from here on things change. */
  void decided(Instant at) {
    change(draft -> {
      draft.clocks = draft.clocks.withDecided(at);
      if (draft.phase == Phase.WAITING) {
        draft.phase = Phase.RECOVERING;
      }
    });
  }

  void found(List<Evidence> seen) {
    change(draft -> draft.evidence = seen);
  }

  Fences fences() {
    return fences;
  }

  boolean has(String step) {
    return steps.containsKey(step);
  }

  StepState step(String id) {
    return Objects.requireNonNull(steps.get(id), id);
  }

  List<StepState> steps() {
    return state.steps();
  }

  void change(String step, UnaryOperator<StepState> how) {
    change(draft -> draft.steps.put(step, how.apply(step(step))));
  }

  boolean is(String step, Status status) {
    return step(step).status() == status;
  }

  boolean isOver(Step step) {
    return step(step.id()).status().isOver();
  }

  /** What the checks of steps to come say now, and what those would restore. */
  void found(Checks.Answers answers) {
    change(draft -> {
      draft.found(answers.findings());
      draft.pins.putAll(answers.points());
    });
  }

  /** What was agreed on does not count any more. */
  void unpin(String step) {
    change(draft -> draft.pins.remove(step));
  }

  Optional<Point> pinned(String step) {
    return Optional.ofNullable(state.pins().get(step)).map(point -> new Point(point.id(), null));
  }

  void put(Gate gate) {
    change(draft -> draft.gates.put(gate.id(), gate));
  }

  Optional<Gate> gate(String id) {
    return state.gates().stream().filter(gate -> gate.id().equals(id)).findFirst();
  }

  List<Gate> openGates() {
    return state.gates().stream().filter(Gate::open).toList();
  }

  boolean isOpen(String gate) {
    return gate(gate).filter(Gate::open).isPresent();
  }

  void put(Task task) {
    change(draft -> draft.tasks.put(task.id(), task));
  }

  void closeTask(String id) {
    change(draft -> draft.tasks.remove(id));
  }

  Optional<Task> task(String id) {
    return state.tasks().stream().filter(task -> task.id().equals(id)).findFirst();
  }

  Meanwhile meanwhile() {
    return meanwhile;
  }

  void rule(Ruling ruling) {
    change(draft -> draft.rulings.add(ruling));
  }

  /** A number that no other message of the run has. */
  int nextMessage() {
    change(draft -> draft.messages++);
    return state.messages();
  }

  void lostMessage(String why) {
    change(draft -> draft.lost.add(why));
  }

  /** Whether nothing but people and time can make it go on: then it can be continued as new. */
  boolean isAtRest() {
    return meanwhile.isAtRest() && state.steps().stream().allMatch(this::isAtRest);
  }

  /** A gate that was answered has not gone on yet; one that shows nothing yet is being prepared. */
  private boolean isAtRest(StepState step) {
    return step.status() != Status.RUNNING
        && (step.status() != Status.ASKING || isOpen(step.id()) || task(step.id()).isPresent());
  }
}
