package io.rekindle.starter.rehearse;

import io.rekindle.door.FailoverRequest;
import io.rekindle.door.PlanAdmission;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.rehearse.RehearsalCloud;
import io.rekindle.rehearse.RehearsalCloud.Entry;
import io.rekindle.rehearse.Script;
import io.rekindle.run.Failover;
import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Phase;
import io.rekindle.run.StepState;
import io.rekindle.run.StepState.Status;
import io.rekindle.run.Workflows;
import io.rekindle.starter.rehearse.EmbeddedTemporal.WorkflowTask;
import io.rekindle.starter.run.Account;
import io.rekindle.starter.run.Account.Ending;
import io.rekindle.starter.run.Account.Played;
import io.rekindle.starter.run.Waits;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Runs the real workflow of a plan against a cloud of facts, in time that jumps. */
public final class Rehearsal {
  private static final long PATIENCE_SECONDS = 30;
  private static final int TAKES = 3;
  private static final int FAILURES_IN_A_ROW = 3;
  private static final Set<Status> WAITED_AT =
      EnumSet.of(Status.RUNNING, Status.ASKING, Status.DONE);

  private final Plan plan;
  private final Setting setting;
  private final Consumer<RunState> progress;
  private final EmbeddedTemporal temporal;
  private final RehearsalCloud cloud;
  private final RehearsedActions actions;
  private final StepGraph graph;
  private final WorkflowStub run;
  private final RehearsedPeople people;
  private boolean replaced;
  private int failuresInARow;

  /**
   * @param crashAfter the step after which the worker dies; empty for none
   * @param acceptUnfenced whether the approval accepts that fences may not hold
   */
  public record Setting(
      FailoverRequest request,
      Script script,
      long seed,
      Approver approver,
      boolean acceptUnfenced,
      String crashAfter) {}

  private record End(Ending how, String why, RunState state) {}

  /** The embedded server has come to a halt, which it seldom does. */
  private static final class StoodStill extends IllegalStateException {
    private static final long serialVersionUID = 1;

    StoodStill() {
      super("nothing happened in the rehearsal for " + PATIENCE_SECONDS + " s");
    }
  }

  /**
   * Plays it until the application serves, the run failed, or a person must decide. Where the
   * embedded server halts, all is played again: the same seed gives the same rehearsal.
   *
   * @param progress told the state of the run whenever it may have changed
   */
  public static Rehearsed play(Plan plan, Setting setting, Consumer<RunState> progress)
      throws InterruptedException {
    for (int take = 1; ; take++) {
      Rehearsal rehearsal = new Rehearsal(plan, setting, progress);
      try {
        Rehearsed rehearsed = rehearsal.play();
        rehearsal.close();
        return rehearsed;
      } catch (StoodStill halted) {
        // What halted may not end either.
        Thread.startVirtualThread(rehearsal::close);
        if (take == TAKES) {
          throw halted;
        }
      } catch (RuntimeException failed) {
        rehearsal.close();
        throw failed;
      }
    }
  }

  private Rehearsal(Plan plan, Setting setting, Consumer<RunState> progress) {
    this.plan = plan;
    this.setting = setting;
    this.progress = progress;
    this.graph = Account.graph(plan, setting.request());
    this.temporal = new EmbeddedTemporal(Failover.TASK_QUEUE, this::register);
    this.cloud = new RehearsalCloud(setting.script(), temporal::now, setting.seed());
    this.actions = new RehearsedActions(cloud, setting.crashAfter(), temporal::wake);
    this.run =
        temporal
            .client()
            .newUntypedWorkflowStub(
                Failover.TYPE,
                WorkflowOptions.newBuilder()
                    .setTaskQueue(Failover.TASK_QUEUE)
                    .setWorkflowId(Failover.ID_PREFIX + plan.application())
                    .build());
    this.people = new RehearsedPeople(setting, graph, run, temporal::wakeAt);
  }

  private void register(io.temporal.worker.Worker worker) {
    Workflows.register(worker);
    worker.registerActivitiesImplementations(actions, new PlanAdmission());
  }

  private Rehearsed play() throws InterruptedException {
    temporal.startWorker();
    run.start(setting.request());
    temporal.goOn();
    Optional<End> end = Optional.empty();
    while (end.isEmpty()) {
      WorkflowTask task = temporal.next(PATIENCE_SECONDS).orElseThrow(StoodStill::new);
      end = after(task);
      if (end.isEmpty()) {
        temporal.goOn();
      }
    }
    return rehearsed(end.get());
  }

  private boolean mayCrash() {
    return !setting.crashAfter().isEmpty();
  }

  private Optional<End> after(WorkflowTask task) {
    countFailures(task);
    if (actions.hasCrashed() && !replaced) {
      replaceWorker();
    }
    if (task.ends()) {
      return Optional.of(ended());
    }
    if (!temporal.isQuiet()) {
      return Optional.empty();
    }
    RunState state = state();
    progress.accept(state);
    if (state.phase() == Phase.SERVING) {
      return Optional.of(served(state, "the application serves again"));
    }
    if (diesWaitingAt(state)) {
      replaceWorker();
    }
    return people
        .refusal(state, temporal.now())
        .map(why -> new End(Ending.BLOCKED, why, state))
        .or(() -> blocked(state));
  }

  /**
   * A worker that was asked while it read the history may have read too far; it fails the task,
   * forgets what it knew, and gets it again, here as anywhere. What is wrong with the workflow
   * itself is wrong every time.
   */
  private void countFailures(WorkflowTask task) {
    failuresInARow = task.failure().isPresent() ? failuresInARow + 1 : 0;
    if (failuresInARow == FAILURES_IN_A_ROW) {
      throw new IllegalStateException(
          "the workflow failed: " + task.failure().orElse("no reason was given"));
    }
  }

  private RunState state() {
    return temporal.ask(() -> run.query("status", RunState.class));
  }

  private void replaceWorker() {
    replaced = true;
    temporal.killWorkers();
    temporal.startWorker();
  }

  /** A step that only waits asks nothing of the cloud: the worker dies while it does. */
  private boolean diesWaitingAt(RunState state) {
    return !replaced
        && mayCrash()
        && Kinds.named(graph.step(setting.crashAfter()).uses()).orElseThrow().isControl()
        && state.steps().stream()
            .anyMatch(step ->
                step.id().equals(setting.crashAfter()) && WAITED_AT.contains(step.status()));
  }

  private End ended() {
    try {
      return served(run.getResult(RunState.class), "the run was closed");
    } catch (WorkflowFailedException failed) {
      if (failed.getCause() instanceof ApplicationFailure said) {
        RunState state = said.getDetails().get(RunState.class);
        progress.accept(state);
        return new End(Ending.FAILED, said.getOriginalMessage(), state);
      }
      throw failed;
    }
  }

  private static End served(RunState state, String why) {
    return new End(Ending.served(state), Optional.ofNullable(state.doubt()).orElse(why), state);
  }

  private static Optional<End> blocked(RunState state) {
    List<String> blocked = Waits.atSteps(state);
    if (blocked.isEmpty()
        || !with(state, Status.RUNNING).isEmpty()
        || !with(state, Status.ASKING).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new End(Ending.BLOCKED, String.join("; ", blocked), state));
  }

  private static List<StepState> with(RunState state, Status status) {
    return state.steps().stream().filter(step -> step.status() == status).toList();
  }

  private Rehearsed rehearsed(End end) {
    List<Entry> changes = cloud.log().stream().filter(entry -> !isMessage(entry)).toList();
    Account account =
        Account.of(
            plan,
            setting.request(),
            end.how(),
            end.why(),
            end.state(),
            temporal.now(),
            (step, state) -> new Played(step, state, attempts(state), changesOf(step, changes)));
    return new Rehearsed(account, cloud.repeatedChanges(), cloud.repeatedMessages(), replaced);
  }

  private int attempts(StepState state) {
    return state.started() == null ? 0 : 1 + actions.failuresOf(state.id());
  }

  private static boolean isMessage(Entry entry) {
    return Kinds.named(entry.kind()).orElseThrow().isMessage();
  }

  private static List<String> changesOf(Step step, List<Entry> changes) {
    return changes.stream()
        .filter(entry -> entry.step().equals(step.id()))
        .map(entry -> entry.key().substring(entry.key().lastIndexOf('/') + 1))
        .toList();
  }

  private void close() {
    temporal.close();
  }
}
