package io.rekindle.starter.local;

import io.rekindle.door.FailoverRequest;
import io.rekindle.plan.PlanReader;
import io.rekindle.run.Gate;
import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.StepState;
import io.rekindle.starter.Console;
import io.rekindle.starter.run.Runs;
import io.rekindle.starter.run.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Fails an application over for everybody to see, and kills what can be killed on the way. */
public final class Demo {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String DATABASE = "database";

  private final Narrator narrator;
  private final LocalStack stack;
  private final String application;
  private final FailoverRequest request;
  private final DemoPeople people;

  public Demo(Console console, LocalStack stack, String application, FailoverRequest request) {
    this.narrator = new Narrator(console, stack);
    this.stack = stack;
    this.application = application;
    this.request = request;
    this.people = new DemoPeople(application, PlanReader.admitted(request.plan()));
  }

  /** What it showed. */
  public record Shown(Seen end, SimulatedCalls calls, List<String> untrue) {}

  /** And what comes after it: drills, and the way home. */
  public Shown playWholeLife() {
    play();
    Seen home = new WholeLife(narrator, people, application, request.plan()).play();
    return shown(home);
  }

  public Shown play() {
    start();
    approve();
    doTasks();
    killTheWorker();
    if (stack.isServerReal()) {
      killTheServer();
    }
    return shown(await("the application serves from the other Region", this::isRecovered));
  }

  private Shown shown(Seen end) {
    SimulatedCalls calls = SimulatedCalls.at(stack.simulator());
    narrator.expect(calls.repeatedChanges() == 0, "a change was made twice");
    narrator.expect(!calls.changes().isEmpty(), "nothing was changed");
    return new Shown(end, calls, narrator.untrue());
  }

  private void start() {
    try (Runs runs = narrator.runs()) {
      runs.start(application, request);
    }
    narrator.say("the failover is started; it looks at what is wrong and asks a person");
    await("it asks", state -> state.gates().stream().anyMatch(Gate::open));
  }

  private void approve() {
    try (Runs runs = narrator.runs()) {
      people.agree(runs);
    }
    narrator.say("approved, by a signal");
  }

  private void doTasks() {
    await("it waits for what only people can do", state -> !state.tasks().isEmpty());
    try (Runs runs = narrator.runs()) {
      people
          .perform(runs)
          .forEach(task -> narrator.say("done, by a signal, while the fences close: " + task));
    }
  }

  /** While the database is being restored, which nobody may begin twice. */
  private void killTheWorker() {
    await("the restore has begun", state -> isBegun(state, DATABASE));
    narrator.expect(
        changesOf(DATABASE) == 1, "the restore was not begun before the worker was killed");
    long killed = stack.workerPid();
    Instant death = Instant.now();
    stack.killWorker();
    narrator.say("kill -9: worker " + killed + " is dead, the database is half restored");
    stack.startWorker();
    Duration silent = Duration.between(death, firstCallAfter(death));
    narrator.say(
        "worker %d has taken over: AWS was asked again %.1f s after the kill, start included"
            .formatted(stack.workerPid(), silent.toMillis() / 1000.0));
    narrator.expect(changesOf(DATABASE) == 1, "the other worker began a second restore");
  }

  private void killTheServer() {
    stack.killTemporal();
    narrator.say("kill -9: the Temporal server is dead");
    stack.startTemporal();
    narrator.say("the Temporal server is back, with the same file");
  }

  private Instant firstCallAfter(Instant death) {
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      Optional<Instant> next =
          SimulatedCalls.at(stack.simulator()).all().stream()
              .filter(call -> !call.step().isEmpty())
              .map(SimulatedCalls.Call::time)
              .filter(death::isBefore)
              .findFirst();
      if (next.isPresent()) {
        return next.get();
      }
      Child.sleep();
    }
    throw new StackFailure("No worker asked AWS anything after the first one was killed.");
  }

  private long changesOf(String step) {
    return SimulatedCalls.at(stack.simulator()).changes().stream()
        .filter(call -> call.step().equals(step))
        .count();
  }

  private static boolean isBegun(RunState state, String id) {
    return state.steps().stream()
        .filter(step -> step.id().equals(id))
        .anyMatch(step -> step.status() == StepState.Status.RUNNING && isAnswered(step));
  }

  private static boolean isAnswered(StepState step) {
    return !step.work().answered().isEmpty();
  }

  private boolean isRecovered(RunState state) {
    return state.outcome() == Outcome.RECOVERED;
  }

  private Seen await(String what, Predicate<RunState> condition) {
    return narrator.await(what, runs -> runs.see(application), condition);
  }
}
