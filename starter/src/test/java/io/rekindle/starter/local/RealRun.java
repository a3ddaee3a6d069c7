package io.rekindle.starter.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.door.FailoverRequest;
import io.rekindle.plan.Mode;
import io.rekindle.plan.PlanReader;
import io.rekindle.run.Decision;
import io.rekindle.run.Gate;
import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.StepState;
import io.rekindle.run.StepState.Status;
import io.rekindle.simulator.Call;
import io.rekindle.simulator.Example;
import io.rekindle.simulator.Seeded;
import io.rekindle.simulator.Simulator;
import io.rekindle.starter.run.Reply;
import io.rekindle.starter.run.Runs;
import io.rekindle.starter.run.Seen;
import io.temporal.client.WorkflowNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One run of an example, by a worker process, on a real Temporal server. */
final class RealRun implements AutoCloseable {
  private static final Pattern PAYLOAD = Pattern.compile("\"data\":\\s*\"([A-Za-z0-9+/=]+)\"");
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final RealServers servers;
  private final Example example;
  private final Seeded seeded;
  private final List<Instant> kills = new ArrayList<>();
  private Child worker;
  private boolean started;

  /** Of the visitor counter. */
  RealRun(RealServers servers) {
    this(servers, servers.startWorker());
  }

  /**
   * Of the visitor counter.
   *
   * @param worker the first, which need not be ready
   */
  RealRun(RealServers servers, Child worker) {
    this(servers, worker, Example.VISITOR_COUNTER);
  }

  RealRun(RealServers servers, Example example) {
    this(servers, servers.startWorker(), example);
  }

  private RealRun(RealServers servers, Child worker, Example example) {
    this.servers = servers;
    this.worker = worker;
    this.example = example;
    this.seeded = servers.simulator().seed(example);
  }

  /** The name of its plan, and of the application. */
  String application() {
    return example.plan();
  }

  RealServers servers() {
    return servers;
  }

  Simulator simulator() {
    return servers.simulator();
  }

  RealPeople people() {
    return new RealPeople(this);
  }

  /** Somebody who goes where DNS points. */
  Visitor everybody() {
    return new Visitor(seeded.site().everybody().http());
  }

  List<Instant> kills() {
    return List.copyOf(kills);
  }

  /**
   * Kills the worker as soon as AWS has done what fits, once for each of the moments, and before
   * the worker can hear of it.
   */
  RealRun killedAfter(List<Predicate<Call>> moments) {
    List<Predicate<Call>> left = new ArrayList<>(moments);
    simulator().witness(call -> killAt(left, call));
    return this;
  }

  private synchronized void killAt(List<Predicate<Call>> moments, Call call) {
    moments.stream()
        .filter(moment -> moment.test(call))
        .findFirst()
        .ifPresent(moment -> {
          moments.remove(moment);
          replaceWorker();
        });
  }

  /** The same after each change that fits, the first time it is made. */
  RealRun killedAfterEach(Predicate<Call> change) {
    Set<String> made = ConcurrentHashMap.newKeySet();
    simulator()
        .witness(call -> {
          if (isChangeOfStep(call) && change.test(call) && made.add(name(call))) {
            replaceWorker();
          }
        });
    return this;
  }

  synchronized void replaceWorker() {
    worker.kill();
    kills.add(Instant.now());
    worker = servers.startWorker();
  }

  void dismissWorker() {
    worker.kill();
  }

  boolean hasChanged(String step) {
    return changeCalls().stream().anyMatch(call -> call.caller().step().equals(step));
  }

  /** The plan of the application, as it reads for this simulator. */
  String plan() {
    try {
      Path example = Program.home().resolve("examples/" + application() + ".yaml");
      return seeded.plan().of(Files.readString(example));
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  RealRun start() {
    return start(plan());
  }

  RealRun start(String plan) {
    FailoverRequest request =
        FailoverRequest.whole(PlanReader.tree(plan), Mode.OUTAGE, Map.of(), "a test", "a test");
    try (Runs runs = servers.runs()) {
      runs.start(application(), request);
    }
    started = true;
    return this;
  }

  RunState awaitGate() {
    return await("the gate is open", state -> state.gates().stream().anyMatch(Gate::open));
  }

  RealRun approve(boolean acceptUnfenced) {
    people().approve(acceptUnfenced);
    return this;
  }

  /** Recovered, by people who do at once what only they can do. */
  RunState recovered() {
    people().doTasks();
    return await("it is recovered", state -> state.outcome() == Outcome.RECOVERED);
  }

  RunState awaitEnd() {
    return awaitEnd(PATIENCE, state -> {});
  }

  /** Over, and nobody had to do more on the way than the plan asks of people. */
  RunState ended(Duration patience) {
    return awaitEnd(
        patience,
        state -> {
          assertThat(blocked(state)).isEmpty();
          people().attendTo(state);
        });
  }

  /** Tells it, and does not wait for its word. */
  void signal(Decision decision) {
    try (Runs runs = servers.runs()) {
      runs.signal(application(), decision);
    }
  }

  private RunState awaitEnd(Duration patience, Consumer<RunState> onTheWay) {
    Instant end = Instant.now().plus(patience);
    try (Runs runs = servers.runs()) {
      Seen seen = runs.see(application());
      while (seen.isOpen()) {
        seen.state().ifPresent(onTheWay);
        assertThat(Instant.now()).as("it should have ended").isBefore(end);
        Child.sleep();
        seen = runs.see(application());
      }
      return seen.state().orElseThrow();
    }
  }

  /** What the run says to it. */
  Ruling decide(Decision decision) {
    try (Runs runs = servers.runs()) {
      return switch (runs.send(application(), decision)) {
        case Reply.Ruled(Ruling ruling) -> ruling;
        case Reply.Kept kept -> throw new AssertionError("no worker ruled " + decision);
      };
    }
  }

  RunState await(String what, Predicate<RunState> condition) {
    return await(
        what,
        condition,
        state -> assertThat(blocked(state)).as("what keeps the run from this: %s", what).isEmpty());
  }

  /** The same, by people who do and agree to whatever they are asked. */
  RunState attended(String what, Predicate<RunState> condition) {
    return await(what, condition, people()::attendTo);
  }

  /** The same, while steps may wait for a person. */
  RunState awaitThough(String what, Predicate<RunState> condition) {
    return await(what, condition, state -> {});
  }

  private RunState await(String what, Predicate<RunState> condition, Consumer<RunState> onTheWay) {
    Instant end = Instant.now().plus(PATIENCE);
    Seen last = null;
    try (Runs runs = servers.runs()) {
      while (Instant.now().isBefore(end)) {
        last = runs.see(application());
        assertThat(last.isOpen()).as("%s, but the run is over: %s", what, last).isTrue();
        if (last.state().filter(condition).isPresent()) {
          return last.state().get();
        }
        last.state().ifPresent(onTheWay);
        Child.sleep();
      }
    }
    throw new AssertionError("It took too long until " + what + ": " + last);
  }

  /** What a step says that waits for a person. */
  String awaitBlocked(String step) {
    RunState state =
        awaitThough(
            step + " is blocked",
            any ->
                any.steps().stream()
                    .anyMatch(each -> each.id().equals(step) && each.status() == Status.BLOCKED));
    return String.valueOf(step(state, step).note());
  }

  StepState step(RunState state, String id) {
    return state.steps().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
  }

  /** All that Temporal keeps of the run, as its own command line tells it. */
  String history() throws IOException {
    Process show =
        new ProcessBuilder(
                servers.temporal().cli().toString(),
                "workflow",
                "show",
                "--address",
                servers.temporal().address(),
                "--workflow-id",
                "failover/" + application(),
                "--output",
                "json")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String history = new String(show.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(history).contains("WORKFLOW_EXECUTION_STARTED");
    return readable(history);
  }

  /** What Temporal's command line says, with what is in the payloads. */
  static String readable(String json) {
    return PAYLOAD
        .matcher(json)
        .replaceAll(data ->
            Matcher.quoteReplacement(
                new String(Base64.getDecoder().decode(data.group(1)), StandardCharsets.UTF_8)));
  }

  private static List<String> blocked(RunState state) {
    return state.steps().stream()
        .filter(step -> step.status() == Status.BLOCKED)
        .map(step -> step.id() + ": " + step.note())
        .toList();
  }

  /** What steps changed in AWS, and how often; messages apart. */
  Map<String, Long> changes() {
    return changeCalls().stream()
        .map(RealRun::name)
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  List<Call> changeCalls() {
    return simulator().calls().stream().filter(RealRun::isChangeOfStep).toList();
  }

  private static boolean isChangeOfStep(Call call) {
    return call.isChange()
        && call.isDone()
        && !call.caller().step().isEmpty()
        && !call.service().equals("sns");
  }

  /** What a call is to the run, by the step it belongs to. */
  static String name(Call call) {
    return call.caller().step() + " " + call.operation() + " in " + call.region();
  }

  private void end() {
    try (Runs runs = servers.runs()) {
      if (runs.see(application()).isOpen()) {
        runs.signal(application(), new Decision.Close("over", "a test", null));
        runs.signal(application(), new Decision.Abort(false, "over", "a test", null));
      }
    } catch (WorkflowNotFoundException theFirstWordWasEnough) {
      // It is over by then.
    }
    awaitEnd();
  }

  @Override
  public void close() {
    try {
      simulator().witness(call -> {});
      simulator().faults().clear();
      if (started) {
        end();
      }
    } finally {
      worker.kill();
      seeded.close();
      simulator().reset();
    }
  }
}
