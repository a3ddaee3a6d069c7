package io.rekindle.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.rekindle.run.Failover;
import io.rekindle.run.RunState;
import io.rekindle.run.Workflows;
import io.rekindle.simulator.Settings;
import io.rekindle.simulator.Simulator;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.testserver.TestServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A worker as it is shipped, between a Temporal server and a simulated AWS; it does not poll yet.
 */
record ShippedWorker(
    Simulator aws, TestServer.PortBoundTestServer temporal, ApplicationContext context)
    implements AutoCloseable {

  static ShippedWorker between(Simulator aws, Map<String, Object> settings) {
    System.setProperty("aws.endpointUrl", aws.endpoint().toString());
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    int port = ServerUnderTest.freePort();
    TestServer.PortBoundTestServer temporal = TestServer.createPortBoundServer(port, true);
    Map<String, Object> all = new HashMap<>(settings);
    all.put("rekindle.pace", 0.01);
    ApplicationContext context = ServerUnderTest.context(port, all);
    context.getBean(EmbeddedServer.class).start();
    register(context.getBean(WorkflowServiceStubs.class));
    return new ShippedWorker(aws, temporal, context);
  }

  static Simulator fastAws() {
    return Simulator.start(Settings.FAST);
  }

  private static void register(WorkflowServiceStubs stubs) {
    AddSearchAttributesRequest.Builder request =
        AddSearchAttributesRequest.newBuilder().setNamespace("default");
    Workflows.SEARCH_ATTRIBUTES.forEach(
        name -> request.putSearchAttributes(name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
    var unused =
        OperatorServiceGrpc.newBlockingStub(stubs.getRawChannel())
            .addSearchAttributes(request.build());
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  /** Fails the shop over, with a yes at its only gate. */
  RunState recover(String request, Duration within) throws Exception {
    WorkflowStub run =
        bean(WorkflowClient.class)
            .newUntypedWorkflowStub(
                Failover.TYPE,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(Failover.ID_PREFIX + "shop")
                    .setTaskQueue(Failover.TASK_QUEUE)
                    .build());
    run.start(new ObjectMapper().readTree(request));
    while (run.query("status", RunState.class).gates().isEmpty()) {
      Thread.sleep(50);
    }
    run.signal("approve", new ObjectMapper().readTree("{\"gate\": \"approve\", \"by\": \"me\"}"));
    return run.getResult(within.toSeconds(), TimeUnit.SECONDS, RunState.class);
  }

  @Override
  public void close() {
    context.close();
    temporal.close();
    aws.close();
  }
}
