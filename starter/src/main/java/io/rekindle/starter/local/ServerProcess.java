package io.rekindle.starter.local;

import io.grpc.StatusRuntimeException;
import io.rekindle.run.Workflows;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real Temporal server that keeps its state in a file, with its web pages. */
record ServerProcess(Child child, String address) implements TemporalServer {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  static ServerProcess start(Path cli, TemporalServer.Setting setting, StateFolder folder) {
    List<String> command =
        new ArrayList<>(
            List.of(
                cli.toString(),
                "server",
                "start-dev",
                "--ip",
                "127.0.0.1",
                "--port",
                String.valueOf(setting.port()),
                "--ui-port",
                String.valueOf(setting.uiPort()),
                "--db-filename",
                folder.file("temporal.db").toString(),
                "--log-level",
                "warn",
                // It would ask its maker for a newer version.
                "--dynamic-config-value",
                "frontend.enableServerVersionCheck=false"));
    Workflows.SEARCH_ATTRIBUTES.forEach(
        name -> command.addAll(List.of("--search-attribute", name + "=Keyword")));
    return new ServerProcess(Child.start("temporal", command, Map.of(), folder), setting.address());
  }

  @Override
  public void awaitReady() {
    WorkflowServiceStubs stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
    try {
      child.await(() -> answers(stubs), PATIENCE);
    } finally {
      stubs.shutdownNow();
    }
  }

  private static boolean answers(WorkflowServiceStubs stubs) {
    try {
      var unused =
          stubs
              .blockingStub()
              .withDeadlineAfter(1, TimeUnit.SECONDS)
              .describeNamespace(
                  DescribeNamespaceRequest.newBuilder().setNamespace("default").build());
      return true;
    } catch (StatusRuntimeException silent) {
      stubs.getRawChannel().resetConnectBackoff();
      return false;
    }
  }

  @Override
  public boolean isAlive() {
    return child.isAlive();
  }

  @Override
  public void kill() {
    child.kill();
  }

  @Override
  public void close() {
    child.close();
  }
}
