package io.rekindle.worker;

import com.google.protobuf.util.Durations;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.RegisterNamespaceRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where runs live on the server. */
@Singleton
final class Namespace {
  private static final Logger LOG = LoggerFactory.getLogger(Namespace.class);
  private static final long CALL_SECONDS = 10;

  private final WorkflowServiceStubs stubs;
  private final WorkerSettings settings;
  private final String name;

  Namespace(WorkflowServiceStubs stubs, WorkflowClient client, WorkerSettings settings) {
    this.stubs = stubs;
    this.settings = settings;
    this.name = client.getOptions().getNamespace();
  }

  String name() {
    return name;
  }

  /**
   * Creates it when it is missing and may be created.
   *
   * @throws StatusRuntimeException when the server tells nothing
   */
  void check() {
    if (exists()) {
      return;
    }
    if (!settings.create()) {
      throw new CannotStart(
          ("The Temporal server at %1$s has no namespace '%2$s': create it (temporal operator "
                  + "namespace create --namespace %2$s), start the worker with --create, or set "
                  + "TEMPORAL_NAMESPACE.")
              .formatted(stubs.getOptions().getTarget(), name));
    }
    create();
  }

  private boolean exists() {
    try {
      var unused =
          server()
              .describeNamespace(DescribeNamespaceRequest.newBuilder().setNamespace(name).build());
      return true;
    } catch (StatusRuntimeException refused) {
      if (refused.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return false;
      }
      throw refused;
    }
  }

  private void create() {
    try {
      var unused =
          server()
              .registerNamespace(
                  RegisterNamespaceRequest.newBuilder()
                      .setNamespace(name)
                      .setDescription("Runs of Rekindle")
                      .setWorkflowExecutionRetentionPeriod(
                          Durations.fromMillis(settings.retention().toMillis()))
                      .build());
      LOG.info("created the namespace {}", name);
    } catch (StatusRuntimeException refused) {
      if (refused.getStatus().getCode() != Status.Code.ALREADY_EXISTS) {
        throw refused;
      }
    }
  }

  private WorkflowServiceBlockingStub server() {
    return stubs.blockingStub().withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
  }
}
