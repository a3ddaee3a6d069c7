package io.rekindle.worker;

import io.rekindle.action.aws.ActionDispatcher;
import io.rekindle.action.aws.DrillInventory;
import io.rekindle.door.OpenRuns;
import io.rekindle.door.PlanAdmission;
import io.rekindle.run.Drill;
import io.rekindle.run.Failover;
import io.rekindle.run.Workflows;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the tasks of runs from the server, and what one that died has left behind. */
@Singleton
final class TemporalWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TemporalWorker.class);

  /** How long a task waits for a worker that knows its run by heart, and may be dead. */
  private static final Duration LOYALTY = Duration.ofSeconds(1);

  /** Shorter than the pause between signs of life, so that none of them is held back. */
  private static final Duration HEARTBEAT = Duration.ofMillis(250);

  /** The first run of a cold worker on a busy machine must not pass for one that hangs. */
  private static final Duration HANGING = Duration.ofSeconds(10);

  private static final Duration INTERRUPTED = Duration.ofSeconds(5);

  /** So many tasks of drills at once. */
  private static final int DRILLING = 10;

  private final WorkerFactory factory;
  private final Duration stopWithin;

  TemporalWorker(
      WorkflowClient client,
      ActionDispatcher actions,
      DrillInventory inventory,
      ActionWatch watch,
      WorkerSettings settings) {
    stopWithin = settings.stopWithin();
    factory =
        WorkerFactory.newInstance(
            client,
            WorkerFactoryOptions.newBuilder()
                .setUsingVirtualWorkflowThreads(true)
                .setWorkerInterceptors(watch)
                .build());
    OpenRuns runs = new OpenRuns(client, Failover.ID_PREFIX);
    for (Worker worker :
        List.of(
            factory.newWorker(Failover.TASK_QUEUE, options().build()),
            factory.newWorker(Drill.TASK_QUEUE, few()))) {
      Workflows.register(worker);
      worker.registerActivitiesImplementations(actions, inventory, new PlanAdmission(), runs);
    }
  }

  /** However many drills there are, recoveries have the rest of this process. */
  private static WorkerOptions few() {
    return options()
        .setMaxConcurrentWorkflowTaskExecutionSize(DRILLING)
        .setMaxConcurrentActivityExecutionSize(DRILLING)
        .setMaxConcurrentLocalActivityExecutionSize(DRILLING)
        .build();
  }

  private static WorkerOptions.Builder options() {
    return WorkerOptions.newBuilder()
        .setUsingVirtualThreads(true)
        .setStickyQueueScheduleToStartTimeout(LOYALTY)
        .setMaxHeartbeatThrottleInterval(HEARTBEAT)
        .setDefaultHeartbeatThrottleInterval(HEARTBEAT)
        .setDefaultDeadlockDetectionTimeout(HANGING.toMillis())
        .setAllowActivityHeartbeatDuringShutdown(true);
  }

  void start() {
    factory.start();
  }

  /** Takes nothing new and lets out what is under way, as far as there is time for it. */
  @Override
  @PreDestroy
  public void close() {
    if (factory.isShutdown()) {
      return;
    }
    LOG.info("stopping: taking no new work; work in progress has {}s", stopWithin.toSeconds());
    factory.shutdown();
    factory.awaitTermination(stopWithin.toMillis(), TimeUnit.MILLISECONDS);
    if (!factory.isTerminated()) {
      LOG.warn("stopping with work in progress; another worker takes it over");
      factory.shutdownNow();
      factory.awaitTermination(INTERRUPTED.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
