package io.rekindle.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.rekindle.run.Failover;
import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.Workflows;
import io.rekindle.simulator.Settings;
import io.rekindle.simulator.Simulator;
import io.rekindle.simulator.dns.NameServer.Silence;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.testserver.TestServer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.route53.Route53Client;

/** A worker from which egress on port 53 is closed moves users all the same. */
class ClosedPort53Test {
  private static final String REQUEST =
      """
      {
        "plan": {
          "application": "shop",
          "regions": { "primary": "us-east-2", "recovery": "us-west-2" },
          "failover": [
            { "id": "approve", "uses": "approval", "with": { "question": "Go?" } },
            { "id": "dns", "uses": "route53.upsert",
              "with": { "zone": "%s", "record": "www.example.com", "values": ["192.0.2.2"] } },
            { "id": "public", "uses": "verify.dns",
              "with": { "name": "www.example.com", "values": ["192.0.2.2"] } }
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
    context =
        ServerUnderTest.context(
            port,
            Map.of("rekindle.pace", 0.01, "rekindle.dns", "127.0.0.1:" + aws.dns().getPort()));
    context.getBean(EmbeddedServer.class).start();
    register(context.getBean(WorkflowServiceStubs.class));
    context.getBean(TemporalWorker.class).start();
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

  private static String zone() {
    try (Route53Client route53 = Route53Client.builder().region(Region.AWS_GLOBAL).build()) {
      return route53
          .createHostedZone(it -> it.name("example.com").callerReference("zone"))
          .hostedZone()
          .id()
          .replace("/hostedzone/", "");
    }
  }

  @Test
  void itRecoversAndSaysWhatWasNotAsked() throws Exception {
    String request = REQUEST.formatted(zone());
    aws.nameServer().fallSilent(Silence.AUTHORITIES);
    RunState run = recover(request);
    assertThat(run.outcome()).isEqualTo(Outcome.RECOVERED);
    assertThat(seen(run, "dns"))
        .contains("answers nothing in time", "the resolver at", "answers 192.0.2.2")
        .contains("Route 53 says that the change", "is INSYNC");
    assertThat(seen(run, "public")).contains("answers nothing in time", "answers 192.0.2.2");
  }

  private static String seen(RunState run, String step) {
    return run.steps().stream()
        .filter(each -> each.id().equals(step))
        .findFirst()
        .orElseThrow()
        .outputs()
        .getOrDefault("seen", "");
  }

  private static RunState recover(String request) throws Exception {
    WorkflowStub run =
        context
            .getBean(WorkflowClient.class)
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
    return run.getResult(120, TimeUnit.SECONDS, RunState.class);
  }
}
