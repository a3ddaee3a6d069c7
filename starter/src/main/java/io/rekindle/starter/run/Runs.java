package io.rekindle.starter.run;

import io.rekindle.door.DrillRequest;
import io.rekindle.door.FailoverRequest;
import io.rekindle.run.Decision;
import io.rekindle.run.Drill;
import io.rekindle.run.Failover;
import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.starter.BadInput;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateHandle;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.common.SearchAttributeKey;
import io.temporal.failure.ApplicationFailure;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The runs on one server. */
public final class Runs implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration UNTIL_RULED = Duration.ofMinutes(1);

  /** A run that is to go home asks the primary Region first, and may read whole tables. */
  private static final Duration UNTIL_LOOKED = Duration.ofMinutes(3);

  private static final WorkflowUpdateStage TAKEN = WorkflowUpdateStage.ACCEPTED;
  private static final Duration QUERY_PATIENCE = Duration.ofSeconds(5);

  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final String where;

  Runs(WorkflowServiceStubs stubs, WorkflowClient client, String where) {
    this.stubs = stubs;
    this.client = client;
    this.where = where;
  }

  /** Starts a failover; one that is open already refuses it. */
  public void start(String application, FailoverRequest request) {
    WorkflowStub run =
        client.newUntypedWorkflowStub(
            Failover.TYPE,
            WorkflowOptions.newBuilder()
                .setTaskQueue(Failover.TASK_QUEUE)
                .setWorkflowId(Failover.ID_PREFIX + application)
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .setStaticSummary("Fail " + application + " over")
                .build());
    try {
      run.start(request);
    } catch (WorkflowExecutionAlreadyStarted open) {
      Seen first = see(application);
      throw new BadInput(
          "Run "
              + first.run()
              + " of "
              + application
              + " is still open ("
              + first.phase().toLowerCase(Locale.ROOT)
              + "). Close or abort it first; see `rekindle status "
              + application
              + "`.");
    }
  }

  /** Starts a drill, and tells its workflow; the same one that is open already refuses it. */
  public String start(String application, DrillRequest request) {
    String id = Drill.id(application, request.drill());
    WorkflowStub run =
        client.newUntypedWorkflowStub(
            Drill.TYPE,
            WorkflowOptions.newBuilder()
                .setTaskQueue(Drill.TASK_QUEUE)
                .setWorkflowId(id)
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .setStaticSummary("Drill '" + request.drill() + "' of " + application)
                .build());
    try {
      return run.start(request).getWorkflowId();
    } catch (WorkflowExecutionAlreadyStarted open) {
      throw new BadInput(
          "The drill '%s' of %s is still open; see `rekindle drill watch %s %s`."
              .formatted(request.drill(), application, application, request.drill()));
    }
  }

  /** The open run of an application, or its last one. */
  public Seen see(String application) {
    return see(
        Failover.ID_PREFIX + application,
        application,
        "There is no run of " + application + " at " + where + ".");
  }

  /** The workflow of the open drill of that name, or of the last one, whoever started it. */
  public String findDrill(String application, String drill) {
    String byHand = Drill.id(application, drill);
    Optional<WorkflowExecutionStatus> status = status(byHand);
    return status
        .filter(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING::equals)
        .map(open -> byHand)
        .or(() -> log().last(byHand).map(ScheduledDrill.Past::workflow))
        .or(() -> status.map(closed -> byHand))
        .orElseThrow(() ->
            new BadInput(
                "The drill '%s' of %s has not run yet at %s; `rekindle drill list` shows when it will."
                    .formatted(drill, application, where)));
  }

  private Optional<WorkflowExecutionStatus> status(String workflow) {
    try {
      return Optional.of(client.newUntypedWorkflowStub(workflow).describe().getStatus());
    } catch (WorkflowNotFoundException none) {
      return Optional.empty();
    }
  }

  /**
   * @param workflow the id of the drill's workflow
   */
  public Seen seeDrill(String application, String workflow) {
    return see(workflow, application, "There is no workflow %s at %s.".formatted(workflow, where));
  }

  private DrillLog log() {
    return new DrillLog(
        new ServerCalls(stubs, where),
        client.getOptions().getNamespace(),
        client.getOptions().getDataConverter());
  }

  /** The drills that the server repeats. */
  public Schedules schedules() {
    return new Schedules(new ServerCalls(stubs, where), client.getOptions());
  }

  /**
   * @param nothing what is said where there is no such workflow
   */
  private Seen see(String workflow, String application, String nothing) {
    WorkflowStub run = client.newUntypedWorkflowStub(workflow);
    WorkflowExecutionDescription described;
    try {
      described = run.describe();
    } catch (WorkflowNotFoundException none) {
      throw new BadInput(nothing);
    }
    return Seen.of(
        workflow,
        application,
        attribute(described, "RekindleRun"),
        attribute(described, "RekindlePhase"),
        DrillLog.word(described.getStatus()),
        state(run, described.getStatus()),
        described.getRawDescription().getPendingActivitiesList().stream()
            .map(Runs::pending)
            .toList());
  }

  private static String attribute(WorkflowExecutionDescription described, String name) {
    String value = described.getTypedSearchAttributes().get(SearchAttributeKey.forKeyword(name));
    return Objects.requireNonNullElse(value, "");
  }

  /** A run that is over left it behind; an open one needs a worker to tell. */
  private static Optional<RunState> state(WorkflowStub run, WorkflowExecutionStatus status) {
    try {
      return status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
          ? answer(QUERY_PATIENCE, () -> run.query("status", RunState.class))
          : Optional.of(run.getResult(RunState.class));
    } catch (WorkflowServiceException noWorker) {
      return Optional.empty();
    } catch (WorkflowFailedException failed) {
      return failed.getCause() instanceof ApplicationFailure said && said.getDetails().getSize() > 0
          ? Optional.of(said.getDetails().get(RunState.class))
          : Optional.empty();
    }
  }

  /** The story of the open run of an application, or of its last one. */
  public Account account(String application) {
    return Telling.of(see(application), request(application));
  }

  private FailoverRequest request(String application) {
    Payloads input =
        client
            .fetchHistory(Failover.ID_PREFIX + application)
            .getHistory()
            .getEvents(0)
            .getWorkflowExecutionStartedEventAttributes()
            .getInput();
    return client
        .getOptions()
        .getDataConverter()
        .fromPayloads(0, Optional.of(input), FailoverRequest.class, FailoverRequest.class);
  }

  /** What a worker says; nothing when none does in time: the SDK itself would ask for a minute. */
  private static <T> Optional<T> answer(Duration patience, Supplier<T> question) {
    try {
      return Optional.of(
          CompletableFuture.supplyAsync(question, Thread::startVirtualThread)
              .get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException noWorker) {
      return Optional.empty();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(failed.getCause());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static Seen.Pending pending(PendingActivityInfo activity) {
    Optional<Instant> next =
        activity.hasScheduledTime()
            ? Optional.of(
                Instant.ofEpochSecond(
                    activity.getScheduledTime().getSeconds(),
                    activity.getScheduledTime().getNanos()))
            : Optional.empty();
    return new Seen.Pending(
        activity.getActivityType().getName(),
        activity.getAttempt(),
        activity.getLastFailure().getMessage(),
        next);
  }

  /** Asks for a ruling; when no worker takes the question, leaves the decision with the server. */
  public Reply send(String application, Decision decision) {
    WorkflowStub run = stub(application);
    try {
      Optional<WorkflowUpdateHandle<Ruling>> taken =
          answer(PATIENCE, () -> run.startUpdate(decision.verb(), TAKEN, Ruling.class, decision));
      if (taken.isEmpty()) {
        signal(application, decision);
      }
      return taken
          .flatMap(asked -> answer(patience(decision), asked::getResult))
          .<Reply>map(Reply.Ruled::new)
          .orElseGet(Reply.Kept::new);
    } catch (WorkflowNotFoundException closed) {
      throw new BadInput("No run of " + application + " is open at " + where + ".");
    }
  }

  private static Duration patience(Decision decision) {
    return decision instanceof Decision.Failback ? UNTIL_LOOKED : UNTIL_RULED;
  }

  /** Leaves a decision with the server, as Temporal's own tools do: no worker need be there. */
  public void signal(String application, Decision decision) {
    stub(application).signal(decision.verb(), decision);
  }

  private WorkflowStub stub(String application) {
    return client.newUntypedWorkflowStub(Failover.ID_PREFIX + application);
  }

  @Override
  public void close() {
    stubs.shutdownNow();
  }
}
