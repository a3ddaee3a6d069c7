package io.rekindle.starter.rehearse;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.rekindle.rehearse.LateCancels;
import io.rekindle.starter.run.Administrator;
import io.temporal.api.failure.v1.ApplicationFailureInfo;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
import io.temporal.api.workflowservice.v1.RespondActivityTaskFailedRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.client.WorkflowClient;
import io.temporal.internal.testservice.TestWorkflowService;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A Temporal server inside this process, whose time jumps to the next thing that happens. Time
 * stands still from the moment a workflow task is answered until {@link #goOn}, so that whoever
 * rehearses can decide at once, in the time of the rehearsal.
 */
final class EmbeddedTemporal implements AutoCloseable {
  /** A cold start on a busy laptop must not pass for a workflow that hangs. */
  private static final WorkerOptions PATIENT =
      WorkerOptions.newBuilder()
          .setDefaultDeadlockDetectionTimeout(java.time.Duration.ofSeconds(20).toMillis())
          .build();

  /**
   * They complain when a server and its workers end, as they must here, in the middle of things.
   */
  private static final List<Logger> NOISE =
      List.of(
          Logger.getLogger("io.grpc.Context"),
          Logger.getLogger("com.google.common.cache.LocalCache"));

  static {
    NOISE.forEach(logger -> logger.setLevel(Level.OFF));
  }

  private final TestServer.InProcessTestServer server;
  private final TestWorkflowService time;
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final String queue;
  private final Consumer<Worker> registrations;
  private final BlockingQueue<WorkflowTask> tasks = new LinkedBlockingQueue<>();
  private final LateCancels lateCancels = new LateCancels();
  private final TaskLines lines = new TaskLines();
  private final List<RunningWorker> workers = new ArrayList<>();
  private volatile CancellableContext asking = Context.ROOT.withCancellation();
  private int held = 1;

  /**
   * A workflow task that was answered.
   *
   * @param ends whether the workflow ended with it
   * @param continues whether it continued as new
   * @param failure what went wrong inside the workflow's code
   */
  record WorkflowTask(boolean ends, boolean continues, Optional<String> failure) {}

  private record RunningWorker(WorkerCalls calls, WorkerFactory made) {}

  EmbeddedTemporal(String queue, Consumer<Worker> registrations) {
    this.queue = queue;
    this.registrations = registrations;
    this.server = TestServer.createServer(true);
    this.time = server.getWorkflowService();
    this.stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setChannel(server.getChannel()).build());
    this.client = WorkflowClient.newInstance(stubs);
    Administrator.prepare(server.getChannel());
  }

  WorkflowClient client() {
    return client;
  }

  private void answered(WorkflowTask task) {
    if (task.continues()) {
      asking.cancel(null);
    }
    tasks.add(task);
  }

  /**
   * Asks the workflow. This server forgets what it was asked when the workflow continues as new
   * before it answers; so it is asked again.
   */
  <T> T ask(Supplier<T> question) {
    Optional<T> answer = askOnce(question);
    while (answer.isEmpty()) {
      answer = askOnce(question);
    }
    return answer.get();
  }

  private <T> Optional<T> askOnce(Supplier<T> question) {
    CancellableContext once = Context.ROOT.withCancellation();
    asking = once;
    Context before = once.attach();
    try {
      return Optional.of(question.get());
    } catch (RuntimeException failed) {
      if (once.isCancelled()) {
        return Optional.empty();
      }
      throw failed;
    } finally {
      once.detachAndCancel(before, null);
    }
  }

  /** The time of the rehearsal. */
  Instant now() {
    return Instant.ofEpochMilli(time.currentTimeMillis());
  }

  void startWorker() {
    WorkerCalls calls = new WorkerCalls(lines, this::hold, this::answered);
    WorkflowServiceStubs own =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setChannel(server.getChannel())
                .setGrpcClientInterceptors(List.of(lateCancels, calls))
                .build());
    WorkerFactory factory = WorkerFactory.newInstance(WorkflowClient.newInstance(own));
    registrations.accept(factory.newWorker(queue, PATIENT));
    factory.start();
    workers.add(new RunningWorker(calls, factory));
  }

  /**
   * What was under way is lost, and nothing that the worker still says is heard. The server would
   * find out when the time of each task is over, which are real seconds here; so it is told at
   * once, and time jumps.
   */
  void killWorkers() {
    for (RunningWorker worker : workers) {
      List<Object> lost = worker.calls().cut();
      worker.made().shutdownNow();
      lost.forEach(this::lose);
    }
    workers.clear();
  }

  private void lose(Object task) {
    switch (task) {
      case PollWorkflowTaskQueueResponse workflow ->
          lines
              .<PollWorkflowTaskQueueResponse>of(
                  WorkflowServiceGrpc.getPollWorkflowTaskQueueMethod().getFullMethodName(), queue)
              .offer(workflow);
      case PollActivityTaskQueueResponse activity -> lose(activity);
      default -> throw new IllegalStateException("no worker takes a " + task.getClass());
    }
  }

  /** Tried again as late as it would be after the server has waited for a sign of life. */
  private void lose(PollActivityTaskQueueResponse activity) {
    Duration silence =
        Durations.isPositive(activity.getHeartbeatTimeout())
            ? activity.getHeartbeatTimeout()
            : activity.getStartToCloseTimeout();
    Duration pause = Durations.add(silence, activity.getRetryPolicy().getInitialInterval());
    var unused =
        stubs
            .blockingStub()
            .respondActivityTaskFailed(
                RespondActivityTaskFailedRequest.newBuilder()
                    .setNamespace(client.getOptions().getNamespace())
                    .setTaskToken(activity.getTaskToken())
                    .setFailure(
                        Failure.newBuilder()
                            .setMessage("the worker was killed")
                            .setApplicationFailureInfo(
                                ApplicationFailureInfo.newBuilder()
                                    .setType("WorkerLost")
                                    .setNextRetryDelay(pause)))
                    .build());
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
    tasks.add(new WorkflowTask(false, false, Optional.empty()));
  }

  /** Time does not jump over that moment. */
  void wakeAt(Instant moment) {
    time.registerDelayedCallback(java.time.Duration.between(now(), moment), this::wake);
  }

  private synchronized void hold() {
    held++;
    time.lockTimeSkipping("a workflow task was answered");
  }

  /** Lets time run again; to be called once for the start and once for each task. */
  synchronized void goOn() {
    if (held > 0) {
      held--;
      time.unlockTimeSkipping("what is next was decided");
    }
  }

  @Override
  public void close() {
    workers.forEach(worker -> {
      worker.calls().cut();
      worker.made().shutdownNow();
    });
    lines.close();
    pause();
    stubs.shutdownNow();
    server.close();
  }

  /** The server's threads must hear that nobody polls any more, or they wait for ever. */
  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
