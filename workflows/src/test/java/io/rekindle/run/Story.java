package io.rekindle.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall;
import io.grpc.MethodDescriptor;
import io.rekindle.plan.Mode;
import io.rekindle.plan.PlanReader;
import io.rekindle.rehearse.RehearsalCloud;
import io.rekindle.rehearse.RehearsalCloud.Entry;
import io.rekindle.rehearse.Script;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A failover told in skipped time: given a plan and a cloud, when people do this, then that
 * timeline.
 */
final class Story implements AutoCloseable {
  private static final String QUEUE = "rekindle";

  private final TestWorkflowEnvironment time;
  private final RehearsalCloud cloud;
  private final WorkflowStub run;
  private final String id;
  private WorkerFactory workers;

  private Story(Script script, String id, FailoverRequest request) {
    this.time =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowServiceStubsOptions(
                    WorkflowServiceStubsOptions.newBuilder()
                        .setGrpcClientInterceptors(List.of(new NothingSticky()))
                        .build())
                .build());
    this.cloud =
        new RehearsalCloud(script, () -> Instant.ofEpochMilli(time.currentTimeMillis()), 1);
    this.id = id;
    this.workers = workers();
    Visibility.ATTRIBUTES.forEach(
        name -> time.registerSearchAttribute(name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
    time.getWorkflowClient()
        .newUntypedWorkflowStub(
            "Failover", WorkflowOptions.newBuilder().setTaskQueue(QUEUE).setWorkflowId(id).build())
        .start(request);
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

  /** Started by hand, under whatever id. */
  static Story under(String id, JsonNode plan) {
    return under(id, plan, Script.SMOOTH, Mode.OUTAGE);
  }

  private static Story under(String id, JsonNode plan, Script script, Mode mode) {
    return new Story(
        script,
        id,
        new FailoverRequest(
            plan, mode, "test", null, Map.of(), List.of(), Map.of(), Map.of(), null, null, null,
            "asker", false, null));
  }

  private WorkerFactory workers() {
    WorkerFactory factory = WorkerFactory.newInstance(time.getWorkflowClient());
    Worker worker = factory.newWorker(QUEUE);
    worker.registerWorkflowImplementationTypes(FailoverImpl.class);
    worker.registerActivitiesImplementations(cloud, new PlanAdmission());
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

  int events() {
    return client().fetchHistory(id).getEvents().size();
  }

  /** When the newest event of the run was recorded. */
  Instant lastEvent() {
    var at = client().fetchHistory(id).getEvents().getLast().getEventTime();
    return Instant.ofEpochSecond(at.getSeconds(), at.getNanos());
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
  void signal(String verb, Object payload) {
    run.signal(verb, payload);
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

  @Override
  public void close() {
    workers.shutdownNow();
    time.close();
  }

  /** The embedded server never gives up a dead worker's own queue; so nobody gets one. */
  private static final class NothingSticky implements ClientInterceptor {
    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      return new ForwardingClientCall.SimpleForwardingClientCall<>(next.newCall(method, options)) {
        @Override
        @SuppressWarnings("unchecked")
        public void sendMessage(Q message) {
          super.sendMessage(
              message instanceof RespondWorkflowTaskCompletedRequest completed
                  ? (Q) completed.toBuilder().clearStickyAttributes().build()
                  : message);
        }
      };
    }
  }
}
