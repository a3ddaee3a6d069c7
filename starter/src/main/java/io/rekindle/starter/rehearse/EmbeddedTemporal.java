package io.rekindle.starter.rehearse;

import io.rekindle.run.Visibility;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.api.testservice.v1.LockTimeSkippingRequest;
import io.temporal.api.testservice.v1.TestServiceGrpc;
import io.temporal.api.testservice.v1.UnlockTimeSkippingRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A Temporal server inside this process, whose time jumps to the next thing that happens. Time
 * stands still from the moment a workflow task is answered until {@link #goOn}, so that whoever
 * rehearses can decide at once, in the time of the rehearsal.
 */
final class EmbeddedTemporal implements AutoCloseable {
  /** A cold start on a busy laptop must not pass for a workflow that hangs. */
  private static final WorkerOptions PATIENT =
      WorkerOptions.newBuilder()
          .setDefaultDeadlockDetectionTimeout(Duration.ofSeconds(20).toMillis())
          .build();

  private final TestServer.InProcessTestServer server;
  private final TestServiceGrpc.TestServiceBlockingStub time;
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final String queue;
  private final Consumer<Worker> registrations;
  private final BlockingQueue<WorkflowTask> tasks = new LinkedBlockingQueue<>();
  private final List<RunningWorker> workers = new ArrayList<>();
  private int held = 1;

  /**
   * A workflow task that was answered.
   *
   * @param ends whether the workflow ended with it
   * @param failure what went wrong inside the workflow's code
   */
  record WorkflowTask(boolean ends, Optional<String> failure) {}

  private record RunningWorker(WorkerCalls calls, WorkflowServiceStubs stubs, WorkerFactory made) {}

  EmbeddedTemporal(String queue, Consumer<Worker> registrations) {
    this.queue = queue;
    this.registrations = registrations;
    this.server = TestServer.createServer(true);
    this.time = TestServiceGrpc.newBlockingStub(server.getChannel());
    this.stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setChannel(server.getChannel()).build());
    this.client = WorkflowClient.newInstance(stubs);
    register(Visibility.ATTRIBUTES);
  }

  /** As an administrator does once for a namespace. */
  private void register(List<String> attributes) {
    var operator = OperatorServiceGrpc.newBlockingStub(server.getChannel());
    AddSearchAttributesRequest.Builder request =
        AddSearchAttributesRequest.newBuilder().setNamespace(client.getOptions().getNamespace());
    attributes.forEach(
        name -> request.putSearchAttributes(name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
    var unused = operator.addSearchAttributes(request.build());
  }

  WorkflowClient client() {
    return client;
  }

  /** The time of the rehearsal. */
  Instant now() {
    var stamp = time.getCurrentTime(com.google.protobuf.Empty.getDefaultInstance()).getTime();
    return Instant.ofEpochSecond(stamp.getSeconds(), stamp.getNanos());
  }

  /**
   * @param mayDie whether another worker must be able to take over: this server never gives the
   *     task of a dead worker to another one, unless no worker keeps workflows to itself
   */
  void startWorker(boolean mayDie) {
    WorkerCalls calls = new WorkerCalls(mayDie, this::hold, tasks::add);
    WorkflowServiceStubs own =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setChannel(server.getChannel())
                .setGrpcClientInterceptors(List.of(calls))
                .build());
    WorkerFactory factory = WorkerFactory.newInstance(WorkflowClient.newInstance(own));
    registrations.accept(factory.newWorker(queue, PATIENT));
    factory.start();
    workers.add(new RunningWorker(calls, own, factory));
  }

  /** What was under way is lost; nothing that the worker still says is heard. */
  void killWorkers() {
    workers.forEach(worker -> {
      worker.calls().cut();
      worker.made().shutdownNow();
    });
    workers.clear();
  }

  /** The next workflow task to be answered; nothing when none comes for so long. */
  Optional<WorkflowTask> next(long seconds) throws InterruptedException {
    return Optional.ofNullable(tasks.poll(seconds, TimeUnit.SECONDS));
  }

  boolean isQuiet() {
    return tasks.isEmpty();
  }

  void wake() {
    hold();
    tasks.add(new WorkflowTask(false, Optional.empty()));
  }

  private synchronized void hold() {
    held++;
    time.lockTimeSkipping(LockTimeSkippingRequest.getDefaultInstance());
  }

  /** Lets time run again; to be called once for the start and once for each task. */
  synchronized void goOn() {
    if (held > 0) {
      held--;
      time.unlockTimeSkipping(UnlockTimeSkippingRequest.getDefaultInstance());
    }
  }

  @Override
  public void close() {
    killWorkers();
    stubs.shutdownNow();
    server.close();
  }
}
