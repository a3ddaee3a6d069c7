package io.rekindle.run;

import io.rekindle.door.PlanAdmission;
import io.temporal.activity.DynamicActivity;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.time.InstantSource;

/** The workers of a stage, and the cloud that they meet. */
final class Crew {
  /** A cold start on a busy machine must not pass for a workflow that hangs. */
  private static final WorkerOptions PATIENT =
      WorkerOptions.newBuilder()
          .setDefaultDeadlockDetectionTimeout(Duration.ofSeconds(20).toMillis())
          .setMaxConcurrentWorkflowTaskPollers(2)
          .setMaxConcurrentActivityTaskPollers(2)
          .build();

  private final Conversation conversation;
  private final WorkflowClient client;
  private final String queue;
  private final InstantSource clock;
  private volatile DynamicActivity cloud =
      arguments -> {
        throw new IllegalStateException("no story is played");
      };
  private WorkerFactory workers;

  /**
   * @param clock what the time is when a run is started
   */
  Crew(Conversation conversation, WorkflowClient client, String queue, InstantSource clock) {
    this.conversation = conversation;
    this.client = client;
    this.queue = queue;
    this.clock = clock;
    this.workers = workers();
  }

  private WorkerFactory workers() {
    WorkerFactory factory = WorkerFactory.newInstance(client);
    Worker worker = factory.newWorker(queue, PATIENT);
    Workflows.register(worker);
    DynamicActivity present = arguments -> cloud.execute(arguments);
    worker.registerActivitiesImplementations(present, new PlanAdmission(clock));
    factory.start();
    return factory;
  }

  /** From now on they meet this cloud. */
  void set(DynamicActivity next, long longHistory) {
    cloud = next;
    conversation.suggestContinuingAsNewAfter(longHistory);
  }

  /** Whether a worker may still die: if not, it may keep to itself what it knows of a run. */
  void mayDie(boolean may) {
    conversation.workersMayDie(may);
  }

  /** The worker dies at once, with all that it remembers; then another one comes. */
  synchronized void crash(Runnable meanwhile) {
    workers.shutdownNow();
    conversation.workersDied();
    meanwhile.run();
    workers = workers();
  }

  void dismiss() {
    workers.shutdownNow();
  }
}
