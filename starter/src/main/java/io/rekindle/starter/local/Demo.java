package io.rekindle.starter.local;

import io.rekindle.door.FailoverRequest;
import io.rekindle.run.Decision;
import io.rekindle.run.Gate;
import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Task;
import io.rekindle.run.StepState;
import io.rekindle.starter.Console;
import io.rekindle.starter.Console.Style;
import io.rekindle.starter.run.Runs;
import io.rekindle.starter.run.Seen;
import io.rekindle.starter.run.Server;
import io.rekindle.starter.run.Waits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Fails an application over for everybody to see, and kills what can be killed on the way. */
public final class Demo {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String DATABASE = "database";

  private final Console console;
  private final LocalStack stack;
  private final String application;
  private final FailoverRequest request;
  private final Instant began = Instant.now();
  private final List<String> untrue = new ArrayList<>();

  public Demo(Console console, LocalStack stack, String application, FailoverRequest request) {
    this.console = console;
    this.stack = stack;
    this.application = application;
    this.request = request;
  }

  /** What it showed. */
  public record Shown(Seen end, SimulatedCalls calls, List<String> untrue) {}

  public Shown play() {
    start();
    approve();
    doTasks();
    killTheWorker();
    if (stack.isServerReal()) {
      killTheServer();
    }
    Seen end = await("the application serves from the other Region", this::isRecovered);
    SimulatedCalls calls = SimulatedCalls.at(stack.simulator());
    expect(calls.repeatedChanges() == 0, "a change was made twice");
    expect(!calls.changes().isEmpty(), "nothing was changed");
    return new Shown(end, calls, List.copyOf(untrue));
  }

  private void start() {
    try (Runs runs = runs()) {
      runs.start(application, request);
    }
    say("the failover is started; it looks at what is wrong and asks a person");
    await("it asks", state -> state.gates().stream().anyMatch(Gate::open));
  }

  private void approve() {
    try (Runs runs = runs()) {
      runs.signal(
          application, new Decision.Approve(null, false, "the demo", "incident-commander", null));
    }
    say("approved, by a signal");
  }

  private void doTasks() {
    Seen seen = await("it waits for what only people can do", state -> !state.tasks().isEmpty());
    try (Runs runs = runs()) {
      for (Task task : seen.state().orElseThrow().tasks()) {
        runs.signal(
            application,
            new Decision.Done(task.id(), Map.of(), null, "demonstrated", "the demo", null));
        say("done, by a signal, while the fences close: " + task.says());
      }
    }
  }

  /** While the database is being restored, which nobody may begin twice. */
  private void killTheWorker() {
    await("the restore has begun", state -> isBegun(state, DATABASE));
    expect(changesOf(DATABASE) == 1, "the restore was not begun before the worker was killed");
    long killed = stack.workerPid();
    Instant death = Instant.now();
    stack.killWorker();
    say("kill -9: worker " + killed + " is dead, the database is half restored");
    stack.startWorker();
    Duration silent = Duration.between(death, firstCallAfter(death));
    say(
        "worker %d has taken over: AWS was asked again %.1f s after the kill, start included"
            .formatted(stack.workerPid(), silent.toMillis() / 1000.0));
    expect(changesOf(DATABASE) == 1, "the other worker began a second restore");
  }

  private void killTheServer() {
    stack.killTemporal();
    say("kill -9: the Temporal server is dead");
    stack.startTemporal();
    say("the Temporal server is back, with the same file");
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

  private void expect(boolean truth, String otherwise) {
    if (!truth) {
      untrue.add(otherwise);
      say(console.styled(Style.RED, otherwise));
    }
  }

  private void say(String news) {
    console.now("%5.1fs  %s".formatted(since().toMillis() / 1000.0, news));
  }

  private Duration since() {
    return Duration.between(began, Instant.now());
  }

  private Seen await(String what, Predicate<RunState> condition) {
    Instant end = Instant.now().plus(PATIENCE);
    try (Runs runs = runs()) {
      while (Instant.now().isBefore(end)) {
        Seen seen = runs.see(application);
        if (seen.state().filter(condition).isPresent()) {
          say(what);
          return seen;
        }
        if (!seen.isOpen()) {
          throw new StackFailure(
              "The run ended before " + what + ": rekindle's logs are in " + stack.logs() + ".");
        }
        seen.state().stream()
            .flatMap(state -> Waits.atSteps(state).stream())
            .findFirst()
            .ifPresent(why -> {
              throw new StackFailure("The run waits for a person before " + what + ": " + why);
            });
        Child.sleep();
      }
    }
    throw new StackFailure("It took too long until " + what + ". Logs: " + stack.logs() + ".");
  }

  private Runs runs() {
    return new Server(Optional.of(stack.address()), Optional.of("default"), Optional.empty())
        .connect();
  }
}
