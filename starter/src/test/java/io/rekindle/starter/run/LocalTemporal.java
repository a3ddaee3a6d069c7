package io.rekindle.starter.run;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall;
import io.grpc.MethodDescriptor;
import io.rekindle.door.PlanAdmission;
import io.rekindle.rehearse.LateCancels;
import io.rekindle.rehearse.RehearsalCloud;
import io.rekindle.rehearse.Script;
import io.rekindle.run.Failover;
import io.rekindle.run.Workflows;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Temporal server on a port of this machine, with a worker on it whose cloud is made of facts.
 */
public final class LocalTemporal implements AutoCloseable {
  private final String address;
  private final TestServer.PortBoundTestServer server;
  private final WorkflowServiceStubs stubs;
  private final WorkflowClient client;
  private final RehearsalCloud cloud;
  private WorkerFactory workers;

  public LocalTemporal(Script script) {
    int port = freePort();
    this.address = "127.0.0.1:" + port;
    this.server = TestServer.createPortBoundServer(port, true);
    this.stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget(address)
                .setGrpcClientInterceptors(List.of(new NothingSticky(), new LateCancels()))
                .build());
    this.client = WorkflowClient.newInstance(stubs);
    this.cloud = new RehearsalCloud(script, Instant::now, 1);
    Administrator.prepare(stubs.getRawChannel());
    this.workers = startWorkers();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new IllegalStateException(none);
    }
  }

  public String address() {
    return address;
  }

  public RehearsalCloud cloud() {
    return cloud;
  }

  private WorkerFactory startWorkers() {
    WorkerFactory factory = WorkerFactory.newInstance(client);
    Worker worker = factory.newWorker(Failover.TASK_QUEUE);
    Workflows.register(worker);
    worker.registerActivitiesImplementations(cloud, new PlanAdmission());
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

  /** This server never gives up a dead worker's own queue; so nobody gets one. */
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
