package io.rekindle.starter.local;

import io.rekindle.door.OpenRuns;
import io.rekindle.door.PlanAdmission;
import io.rekindle.rehearse.LateCancels;
import io.rekindle.rehearse.RehearsalCloud;
import io.rekindle.rehearse.RehearsalInventory;
import io.rekindle.rehearse.Script;
import io.rekindle.run.Drill;
import io.rekindle.run.Failover;
import io.rekindle.run.Workflows;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Temporal server on a port of this machine, with a worker on it whose cloud is made of facts.
 */
public final class LocalTemporal implements AutoCloseable {
  private final String address;
  private final EmbeddedServer server;
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final RehearsalCloud cloud;
  private WorkerFactory workers;

  public LocalTemporal(Script script) {
    int port = Ports.free();
    this.address = "127.0.0.1:" + port;
    this.server = new EmbeddedServer(port);
    server.awaitReady();
    this.stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget(address)
                .setGrpcClientInterceptors(List.of(new LateCancels()))
                .build());
    this.client = WorkflowClient.newInstance(stubs);
    this.cloud = new RehearsalCloud(script, Instant::now, 1);
    this.workers = startWorkers();
  }

  public String address() {
    return address;
  }

  public RehearsalCloud cloud() {
    return cloud;
  }

  private WorkerFactory startWorkers() {
    WorkerFactory factory = WorkerFactory.newInstance(client);
    for (String queue : List.of(Failover.TASK_QUEUE, Drill.TASK_QUEUE)) {
      Worker worker = factory.newWorker(queue);
      Workflows.register(worker);
      worker.registerActivitiesImplementations(
          cloud,
          new RehearsalInventory(cloud),
          new PlanAdmission(),
          new OpenRuns(client, Failover.ID_PREFIX));
    }
    factory.start();
    return factory;
  }

  public void stopWorkers() {
    workers.shutdownNow();
    workers.awaitTermination(10, TimeUnit.SECONDS);
  }

  public void restartWorkers() {
    workers = startWorkers();
  }

  @Override
  public void close() {
    workers.shutdownNow();
    stubs.shutdownNow();
    server.close();
  }
}
