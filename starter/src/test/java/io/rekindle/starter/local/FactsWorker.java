package io.rekindle.starter.local;

import io.grpc.ClientInterceptor;
import io.rekindle.door.OpenRuns;
import io.rekindle.door.PlanAdmission;
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

/** A worker in this process whose cloud is made of facts. */
final class FactsWorker implements AutoCloseable {
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final RehearsalCloud cloud;
  private WorkerFactory workers;

  /**
   * @param between what stands between it and the server
   */
  FactsWorker(String address, Script script, ClientInterceptor... between) {
    this.stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget(address)
                .setGrpcClientInterceptors(List.of(between))
                .build());
    this.client = WorkflowClient.newInstance(stubs);
    this.cloud = new RehearsalCloud(script, Instant::now, 1);
    this.workers = begun();
  }

  RehearsalCloud cloud() {
    return cloud;
  }

  private WorkerFactory begun() {
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

  void stop() {
    workers.shutdownNow();
    workers.awaitTermination(10, TimeUnit.SECONDS);
  }

  void startAgain() {
    workers = begun();
  }

  @Override
  public void close() {
    workers.shutdownNow();
    stubs.shutdownNow();
  }
}
