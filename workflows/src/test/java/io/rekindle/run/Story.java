package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.door.Admission;
import io.rekindle.door.DrillRequest;
import io.rekindle.door.FailoverRequest;
import io.rekindle.door.OpenRuns;
import io.rekindle.door.PlanAdmission;
import io.rekindle.plan.Mode;
import io.rekindle.plan.PlanReader;
import io.rekindle.rehearse.LateCancels;
import io.rekindle.rehearse.RehearsalCloud;
import io.rekindle.rehearse.RehearsalCloud.Entry;
import io.rekindle.rehearse.RehearsalInventory;
import io.rekindle.rehearse.Script;
import io.rekindle.run.RunState.Ruling;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A failover told in skipped time: given a plan and a cloud, when people do this, then that
 * timeline.
 */
final class Story implements AutoCloseable {
  private static final String QUEUE = "rekindle";

  private final Function<InstantSource, Admission> door;
  private final TestWorkflowEnvironment time;
  private final RehearsalCloud cloud;
  private final RehearsalInventory inventory;
  private final WorkflowStub run;
  private final WorkflowExecution first;
  private final Conversation conversation = new Conversation();
  private final ServerLimits limits = new ServerLimits();
  private WorkerFactory workers;

  /**
   * @param input what the run is started with
   */
  private Story(
      Function<InstantSource, Admission> door, Script script, String id, Object... input) {
    this.door = door;
    this.time =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowServiceStubsOptions(
                    WorkflowServiceStubsOptions.newBuilder()
                        .setGrpcClientInterceptors(List.of(conversation, limits, new LateCancels()))
                        .build())
                .build());
    this.cloud =
        new RehearsalCloud(script, () -> Instant.ofEpochMilli(time.currentTimeMillis()), 1);
    this.inventory = new RehearsalInventory(cloud);
    this.workers = workers();
    Workflows.SEARCH_ATTRIBUTES.forEach(
        name -> time.registerSearchAttribute(name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
    this.first =
        time.getWorkflowClient()
            .newUntypedWorkflowStub(
                id.startsWith(Drill.ID_PREFIX) ? Drill.TYPE : Failover.TYPE,
                WorkflowOptions.newBuilder().setTaskQueue(QUEUE).setWorkflowId(id).build())
            .start(input);
    // By its id alone: it may continue as new.
    this.run = time.getWorkflowClient().newUntypedWorkflowStub(id);
  }

  static Story of(String plan, Script script) {
    return of(plan, script, Mode.OUTAGE);
  }

  static Story of(String plan, Script script, Mode mode) {
    JsonNode tree = PlanReader.tree(plan);
    return under("failover/" + tree.path("application").asText(), tree, script, mode);
  }

  /** One of the plan's drills. */
  static Story drill(String plan, String drill, Script script) {
    return drill(PlanReader.tree(plan), drill, script);
  }

  static Story drill(JsonNode tree, String drill, Script script) {
    return new Story(
        PlanAdmission::new,
        script,
        Drill.id(tree.path("application").asText(), drill),
        new DrillRequest(tree, drill, "asker"));
  }

  /** Started by hand, under whatever id. */
  static Story under(String id, JsonNode plan) {
    return under(id, plan, Script.SMOOTH, Mode.OUTAGE);
  }

  private static Story under(String id, JsonNode plan, Script script, Mode mode) {
    return new Story(PlanAdmission::new, script, id, request(plan, mode));
  }

  /** Goes on where an earlier execution stopped. */
  static Story resumed(FailoverRequest request, RunState where) {
    return new Story(
        PlanAdmission::new,
        Script.SMOOTH,
        Failover.ID_PREFIX + where.application(),
        request,
        where);
  }

  /** Started with options of its own. */
  static Story of(FailoverRequest request, Script script) {
    return new Story(PlanAdmission::new, script, id(request), request);
  }

  /** Started with whatever somebody sent. */
  static Story sent(String id, Object... input) {
    return new Story(PlanAdmission::new, Script.SMOOTH, id, input);
  }

  /** Let in whatever is wrong with it. */
  static Story admitting(FailoverRequest request) {
    return new Story(clock -> anything -> List.of(), Script.SMOOTH, id(request), request);
  }

  private static String id(FailoverRequest request) {
    return Failover.ID_PREFIX + request.plan().path("application").asText();
  }

  static FailoverRequest request(JsonNode plan, Mode mode) {
    return FailoverRequest.whole(plan, mode, Map.of(), "test", "asker");
  }

  private WorkerFactory workers() {
    WorkerFactory factory = WorkerFactory.newInstance(time.getWorkflowClient());
    Worker worker = factory.newWorker(QUEUE);
    Workflows.register(worker);
    worker.registerActivitiesImplementations(
        cloud, inventory, door.apply(this::now), new OpenRuns(client(), Failover.ID_PREFIX));
    factory.start();
    return factory;
  }

  void stopWorkers() {
    workers.shutdownNow();
    workers.awaitTermination(10, TimeUnit.SECONDS);
  }

  void startWorkers() {
    workers = workers();
  }

  RehearsalCloud cloud() {
    return cloud;
  }

  RehearsalInventory inventory() {
    return inventory;
  }

  /** The steps whose changes happened, in their order. */
  List<String> changes() {
    return cloud.log().stream().map(Entry::step).toList();
  }

  /** The steps that were taken back, in their order. */
  List<String> undone() {
    return cloud.undone().stream().map(Entry::step).toList();
  }

  /** From now on this Region does not answer. */
  void goDark(String region) {
    cloud.goDark(region);
  }

  WorkflowClient client() {
    return time.getWorkflowClient();
  }

  /** The history of the first execution: the recovery, up to where the application serves. */
  WorkflowExecutionHistory history() {
    return client().fetchHistory(first.getWorkflowId(), first.getRunId());
  }

  /** The history of the newest execution. */
  WorkflowExecutionHistory servingHistory() {
    return client().fetchHistory(first.getWorkflowId());
  }

  /** Of all executions, one after the other. */
  List<WorkflowExecutionHistory> histories() {
    List<WorkflowExecutionHistory> all = new ArrayList<>();
    String next = first.getRunId();
    while (!next.isEmpty()) {
      all.add(client().fetchHistory(first.getWorkflowId(), next));
      next =
          all.getLast()
              .getLastEvent()
              .getWorkflowExecutionContinuedAsNewEventAttributes()
              .getNewExecutionRunId();
    }
    return all;
  }

  List<HistoryEvent> events() {
    return history().getEvents();
  }

  /** When the newest event of the run was recorded. */
  Instant lastEvent() {
    var at = events().getLast().getEventTime();
    return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
  }

  /** Which execution of the run is open, or was last. */
  String execution() {
    return run.describe().getExecution().getRunId();
  }

  /** From now on the server finds every history so long that it suggests to continue as new. */
  void suggestContinuingAsNew() {
    conversation.suggestContinuingAsNewAfter(servingHistory().getEvents().size());
  }

  /** From now on the server says that every history is far too large. */
  void pretendFarTooLongHistories() {
    conversation.pretendHistoryOf(30 * 1024 * 1024, events().size());
  }

  /** What the Web UI shows beside the history. */
  String currentDetails() {
    return run.query("__temporal_workflow_metadata", WorkflowMetadata.class).getCurrentDetails();
  }

  WorkflowExecutionDescription description() {
    return run.describe();
  }

  boolean isOpen() {
    return description().getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
  }

  Instant now() {
    return Instant.ofEpochMilli(time.currentTimeMillis());
  }

  RunState status() {
    return run.query("status", RunState.class);
  }

  StepState step(String id) {
    return status().steps().stream().filter(step -> step.id().equals(id)).findFirst().orElseThrow();
  }

  String note(String step) {
    return String.valueOf(step(step).note());
  }

  List<Ruling> rulings() {
    return status().rulings();
  }

  Ruling lastRuling() {
    return rulings().getLast();
  }

  void pass(Duration duration) {
    time.sleep(duration);
  }

  Ruling tell(Decision decision) {
    return run.update(decision.verb(), Ruling.class, decision);
  }

  void signal(Decision decision) {
    run.signal(decision.verb(), decision);
  }

  /** As a person would by hand, who may forget the half of it. */
  void signal(String verb, @Nullable Object... payload) {
    run.signal(verb, payload);
  }

  /** Somebody fails the application over, for real. */
  void startFailover(String plan) {
    startFailover(PlanReader.tree(plan));
  }

  void startFailover(JsonNode tree) {
    FailoverRequest request = request(tree, Mode.OUTAGE);
    client()
        .newUntypedWorkflowStub(
            Failover.TYPE,
            WorkflowOptions.newBuilder().setTaskQueue(QUEUE).setWorkflowId(id(request)).build())
        .start(request);
  }

  void cancel() {
    run.cancel();
  }

  RunState result() {
    return run.getResult(RunState.class);
  }

  /** How the run failed. */
  ApplicationFailure failure() {
    return (ApplicationFailure) cause();
  }

  /** Why there is no result. */
  Throwable cause() {
    try {
      throw new AssertionError("The run did not fail: " + result());
    } catch (WorkflowFailedException failed) {
      return Objects.requireNonNull(failed.getCause());
    }
  }

  /** Also looks whether a real server had taken all that was sent to it. */
  @Override
  public void close() {
    workers.shutdownNow();
    time.close();
    assertThat(limits.exceeded()).isEmpty();
  }
}
