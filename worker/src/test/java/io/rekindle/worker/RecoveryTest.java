package io.rekindle.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.runtime.server.EmbeddedServer;
import io.rekindle.run.RunState.Outcome;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
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

  private static ShippedWorker worker;

  @BeforeAll
  static void start() {
    worker = ShippedWorker.between(ShippedWorker.fastAws(), Map.of());
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  private static HttpResponse<String> get(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      int port = worker.bean(EmbeddedServer.class).getPort();
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void recoversAPlanAndCanBeWatchedMeanwhile() throws Exception {
    assertThat(worker.bean(WarmUp.class).run())
        .as("as far as a call of AWS")
        .contains("DescribeDBInstances", "us-west-2", "HTTP403");
    assertThat(worker.aws().calls()).as("and no further").isEmpty();
    database("shop-db");
    assertThat(get("/health/liveness").statusCode()).isEqualTo(200);
    assertThat(get("/health/readiness").statusCode()).as("before it polls").isEqualTo(503);

    worker.bean(TemporalWorker.class).start();
    worker.bean(PollsHealth.class).awaitReady();
    assertThat(get("/health/readiness").statusCode()).as("while it polls").isEqualTo(200);

    assertThat(worker.recover(REQUEST, Duration.ofMinutes(1)).outcome())
        .as("it only keeps data")
        .isEqualTo(Outcome.UNVERIFIED);
    assertThat(worker.aws().calls().stream().filter(call -> call.is("rds", "CreateDBSnapshot")))
        .hasSize(1);
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
}
