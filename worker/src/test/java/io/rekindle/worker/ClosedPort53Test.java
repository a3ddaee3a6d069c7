package io.rekindle.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.simulator.Simulator;
import io.rekindle.simulator.dns.NameServer.Silence;
import java.time.Duration;
import java.util.Map;
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

  private static ShippedWorker worker;

  @BeforeAll
  static void start() {
    Simulator aws = ShippedWorker.fastAws();
    worker = ShippedWorker.between(aws, Map.of("rekindle.dns", "127.0.0.1:" + aws.dns().getPort()));
    worker.bean(TemporalWorker.class).start();
  }

  @AfterAll
  static void stop() {
    worker.close();
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
    worker.aws().nameServer().fallSilent(Silence.AUTHORITIES);
    RunState run = worker.recover(request, Duration.ofMinutes(2));
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
}
