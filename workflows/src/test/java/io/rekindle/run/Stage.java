package io.rekindle.run;

import io.rekindle.door.PlanAdmission;
import io.rekindle.rehearse.LateCancels;
import io.temporal.activity.DynamicActivity;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A server and a worker on which one story after the other is played, in skipped time. */
final class Stage implements AutoCloseable {
  static final String QUEUE = "rekindle";

  /** A cold start on a busy machine must not pass for a workflow that hangs. */
  private static final WorkerOptions PATIENT =
      WorkerOptions.newBuilder()
          .setDefaultDeadlockDetectionTimeout(Duration.ofSeconds(20).toMillis())
          .setMaxConcurrentWorkflowTaskPollers(2)
          .setMaxConcurrentActivityTaskPollers(2)
          .build();

  /**
   * The embedded server forgets a question when the run continues as new before it is answered;
   * after so long it is asked again.
   */
  private static final Duration FORGOTTEN = Duration.ofSeconds(1);

  /** Longer than it takes until a dead worker's task is given to another one. */
  private static final int THOUGHT_MILLIS = 3_000;

  private final Conversation conversation = new Conversation();
  private final TestWorkflowEnvironment time =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setWorkflowServiceStubsOptions(
                  WorkflowServiceStubsOptions.newBuilder()
                      .setGrpcClientInterceptors(List.of(conversation, new LateCancels()))
                      .setRpcQueryTimeout(FORGOTTEN)
                      .build())
              .build());
  private volatile DynamicActivity cloud =
      arguments -> {
        throw new IllegalStateException("no story is played");
      };
  private WorkerFactory workers;

  Stage() {
    Workflows.SEARCH_ATTRIBUTES.forEach(
        name -> time.registerSearchAttribute(name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
    workers = workers();
  }

  private WorkerFactory workers() {
    WorkerFactory factory = WorkerFactory.newInstance(client());
    Worker worker = factory.newWorker(QUEUE, PATIENT);
    Workflows.register(worker);
    DynamicActivity present = arguments -> cloud.execute(arguments);
    worker.registerActivitiesImplementations(present, new PlanAdmission());
    factory.start();
    return factory;
  }

  /** From now on workers meet this cloud. */
  void set(DynamicActivity next, long longHistory) {
    cloud = next;
    conversation.suggestContinuingAsNewAfter(longHistory);
  }

  /** Whether a worker may still die: if not, it may keep to itself what it knows of a run. */
  void workersMayDie(boolean may) {
    conversation.workersMayDie(may);
  }

  /** The worker dies at once, with all that it remembers; then another one comes. */
  synchronized void crash(Runnable meanwhile) {
    workers.shutdownNow();
    conversation.workersDied();
    meanwhile.run();
    workers = workers();
  }

  /**
   * Asked while a worker thinks about a run that then continues as new, the embedded server forgets
   * the question, and lets no time pass any more.
   */
  void awaitThought(String workflow) {
    for (int i = 0; i < THOUGHT_MILLIS && isThoughtAbout(workflow); i++) {
      try {
        Thread.sleep(1);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private boolean isThoughtAbout(String workflow) {
    EventType last = client().fetchHistory(workflow).getLastEvent().getEventType();
    return last == EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED
        || last == EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED;
  }

  WorkflowClient client() {
    return time.getWorkflowClient();
  }

  Instant now() {
    return Instant.ofEpochMilli(time.currentTimeMillis());
  }

  void pass(Duration duration) {
    if (duration.isPositive()) {
      time.sleep(duration);
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
    time.close();
  }
}
