package io.rekindle.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.rekindle.run.Failover;
import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Outcome;
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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsClient;

/** The worker as it is shipped, between a Temporal server and a simulated AWS. */
class RecoveryTest {
  private static final String REQUEST =
      """
      {
        "plan": {
          "application": "shop",
          "regions": { "primary": "us-east-2", "recovery": "us-west-2" },
          "failover": [
            { "id": "approve", "uses": "approval", "with": { "question": "Go?" } },
            { "id": "keep", "uses": "rds.snapshot", "with": { "instance": "shop-db", "target": "shop-kept" } }
          ]
        },
        "reason": "a test",
        "closeWhenRecovered": true
      }
      """;

  private static Simulator aws;
  private static TestServer.PortBoundTestServer temporal;
  private static ApplicationContext context;

  @BeforeAll
  static void start() {
    aws = Simulator.start(Settings.FAST);
    System.setProperty("aws.endpointUrl", aws.endpoint().toString());
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    int port = ServerUnderTest.freePort();
    temporal = TestServer.createPortBoundServer(port, true);
    context = ServerUnderTest.context(port, Map.of("rekindle.pace", 0.01));
    context.getBean(EmbeddedServer.class).start();
    register(context.getBean(WorkflowServiceStubs.class));
  }

  @AfterAll
  static void stop() {
    context.close();
    temporal.close();
    aws.close();
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

  private static HttpResponse<String> get(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      int port = context.getBean(EmbeddedServer.class).getPort();
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void recoversAPlanAndCanBeWatchedMeanwhile() throws Exception {
    assertThat(context.getBean(WarmUp.class).run())
        .as("as far as a call of AWS")
        .contains("DescribeDBInstances", "us-west-2", "HTTP403");
    assertThat(aws.calls()).as("and no further").isEmpty();
    database("shop-db");
    assertThat(get("/health/liveness").statusCode()).isEqualTo(200);
    assertThat(get("/health/readiness").statusCode()).as("before it polls").isEqualTo(503);

    context.getBean(TemporalWorker.class).start();
    context.getBean(PollsHealth.class).awaitReady();
    assertThat(get("/health/readiness").statusCode()).as("while it polls").isEqualTo(200);

    assertThat(recover().outcome()).as("it only keeps data").isEqualTo(Outcome.UNVERIFIED);
    assertThat(aws.calls().stream().filter(call -> call.is("rds", "CreateDBSnapshot"))).hasSize(1);
    assertThat(get("/prometheus").body())
        .contains(
            "rekindle_actions_seconds_count{kind=\"rds.snapshot\",outcome=\"done\",verb=\"apply\"}"
                + " 1",
            "temporal_");
  }

  private static void database(String id) {
    try (RdsClient rds = RdsClient.builder().region(Region.US_WEST_2).build()) {
      rds.createDBInstance(request ->
          request
              .dbInstanceIdentifier(id)
              .engine("mysql")
              .dbInstanceClass("db.t3.micro")
              .allocatedStorage(20)
              .masterUsername("admin")
              .masterUserPassword("first-password"));
    }
  }

  private static RunState recover() throws Exception {
    WorkflowStub run =
        context
            .getBean(WorkflowClient.class)
            .newUntypedWorkflowStub(
                Failover.TYPE,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(Failover.ID_PREFIX + "shop")
                    .setTaskQueue(Failover.TASK_QUEUE)
                    .build());
    JsonNode request = new ObjectMapper().readTree(REQUEST);
    run.start(request);
    while (run.query("status", RunState.class).gates().isEmpty()) {
      Thread.sleep(50);
    }
    run.signal("approve", new ObjectMapper().readTree("{\"gate\": \"approve\", \"by\": \"me\"}"));
    return run.getResult(60, TimeUnit.SECONDS, RunState.class);
  }
}
