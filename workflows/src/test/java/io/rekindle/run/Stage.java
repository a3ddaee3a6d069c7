package io.rekindle.run;

import io.rekindle.door.PlanAdmission;
import io.temporal.activity.DynamicActivity;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/** A server and a worker on which stories are played. */
interface Stage extends AutoCloseable {
  /** A cold start on a busy machine must not pass for a workflow that hangs. */
  WorkerOptions PATIENT =
      WorkerOptions.newBuilder()
          .setDefaultDeadlockDetectionTimeout(Duration.ofSeconds(20).toMillis())
          .setMaxConcurrentWorkflowTaskPollers(2)
          .setMaxConcurrentActivityTaskPollers(2)
          .build();

  static WorkerFactory workers(
      WorkflowClient client, String queue, DynamicActivity cloud, InstantSource clock) {
    WorkerFactory factory = WorkerFactory.newInstance(client);
    Worker worker = factory.newWorker(queue, PATIENT);
    Workflows.register(worker);
    worker.registerActivitiesImplementations(cloud, new PlanAdmission(clock));
    factory.start();
    return factory;
  }

  WorkflowClient client();

  String queue();

  /** After which a workflow task of a dead worker is given to another one. */
  Duration taskTimeout();

  /** From now on workers meet this cloud. */
  void set(DynamicActivity cloud, long longHistory);

  /** Whether a worker may still die: if not, it may keep to itself what it knows of a run. */
  void workersMayDie(boolean may);

  /** The worker dies at once, with all that it remembers; then another one comes. */
  void crash(Runnable meanwhile);

  /** The time of the story, which may go faster than the server's. */
  Instant now();

  TimeScale timeScale();

  /**
   * Lets time of the story pass.
   *
   * @param unless whether nothing happens any more, however much time passes
   */
  void pass(Duration duration, BooleanSupplier unless);

  default void pass(Duration duration) {
    pass(duration, () -> false);
  }

  /** Until the run may be asked something. */
  void awaitThought(String workflow);

  @Override
  void close();
}
