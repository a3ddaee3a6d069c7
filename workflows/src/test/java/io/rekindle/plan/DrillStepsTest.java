package io.rekindle.plan;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DrillStepsTest {

  /** What the only drill of a plan takes and leaves out, a line for each step. */
  private static String drilled(String failover, String drill) {
    String text =
        """
        application: shop
        regions: { primary: us-east-1, recovery: us-west-2 }
        parameters:
          platform: { type: string, default: ecs }
        failover:
          - { id: ok, uses: approval, with: { question: Go? } }
        %s
          - { id: end, uses: verify.http, needs: [ok], with: { url: "https://shop.example.com" } }
        drills:
          - { name: drill, cron: "0 3 * * SUN"%s }
        """
            .formatted(failover.indent(2).stripTrailing(), drill.isEmpty() ? "" : ", " + drill);
    PlanReader.Reading reading = PlanReader.read("plan", text);
    assertThat(reading.problems()).isEmpty();
    Plan plan = reading.plan().orElseThrow();
    DrillSteps steps = DrillSteps.of(plan, plan.drills().getFirst());
    return StepGraph.of(plan.failover()).inOrder().stream()
        .map(Step::id)
        .map(id -> id + ": " + steps.leftOut().getOrDefault(id, taken(steps, id)))
        .collect(joining("\n"));
  }

  private static String taken(DrillSteps steps, String id) {
    return steps.taken().stream().anyMatch(step -> step.id().equals(id)) ? "taken" : "forgotten";
  }

  private static String drilled(String failover) {
    return drilled(failover, "");
  }

  @Test
  void takesWhatRunsIsolatedAndAsksNobody() {
    assertThat(
            drilled(
                """
                - { id: service, uses: ecs.scaleService, with: { cluster: shop, service: web, desired: 2 } }
                """))
        .isEqualTo(
            """
            ok: a drill has no approvals
            service: taken
            end: taken\
            """);
  }

  @Nested
  class LeavesOut {
    private static final String SERVICE =
        "- { id: service, uses: ecs.scaleService, with: { cluster: shop, service: web, desired: 2 }"
            + " }\n";

    @Test
    void fences() {
      assertThat(
              drilled(
                  SERVICE
                      + "- { id: fence, uses: ecs.scaleService, region: primary, fence: true, with:"
                      + " { cluster: shop, service: old, desired: 0 } }"))
          .contains("fence: it is a fence");
    }

    @Test
    void whatActsInThePrimaryRegion() {
      assertThat(
              drilled(
                  SERVICE
                      + "- { id: old, uses: ecs.scaleService, region: primary, with: { cluster:"
                      + " shop, service: web, desired: 0 } }"))
          .contains("old: it acts in the primary Region")
          .contains("service: taken");
    }

    @Test
    void stepsThatMoveTrafficAndWhatComesAfterThem() {
      assertThat(
              drilled(
                  SERVICE
                      + """
                      - { id: dns, uses: route53.upsert, with: { zone: Z1, record: shop.example.com, values: 10.0.0.1 } }
                      - { id: after, uses: verify.dns, with: { name: shop.example.com, values: 10.0.0.1 } }
                      - { id: beside, uses: ecs.scaleService, needs: [service], with: { cluster: shop, service: other, desired: 2 } }
                      """))
          .isEqualTo(
              """
              ok: a drill has no approvals
              service: taken
              end: taken
              dns: it moves traffic
              beside: taken
              after: it comes after 'dns', which moves traffic\
              """);
    }

    @Test
    void opaqueStepsThatSayTheyMoveTraffic() {
      assertThat(
              drilled(
                  SERVICE
                      + """
                      - { id: stack, uses: pipeline.run, traffic: true, with: { pipeline: dr } }
                      - { id: after, uses: verify.http, with: { url: "https://shop.example.com" } }
                      """))
          .contains("stack: it moves traffic")
          .contains("after: it comes after 'stack', which moves traffic");
    }

    @Test
    void whatComesAfterATrafficStepThatTheDrillDoesNotRunAnyway() {
      assertThat(
              drilled(
                  SERVICE
                      + """
                      - { id: dns, uses: route53.upsert, modes: [outage, planned], with: { zone: Z1, record: shop.example.com, values: 10.0.0.1 } }
                      - { id: after, uses: verify.http, with: { url: "https://shop.example.com" } }
                      """))
          .contains("dns: it moves traffic")
          .contains("after: it comes after 'dns', which moves traffic");
    }

    @Test
    void whatRunsInOtherModes() {
      assertThat(
              drilled(
                  SERVICE
                      + "- { id: planned, uses: ecs.scaleService, modes: [planned], with: {"
                      + " cluster: shop, service: other, desired: 2 } }"))
          .contains("planned: its modes or 'when' leave it out of drills")
          .contains("end: taken");
    }

    @Test
    void whatRunsUnderOtherConditions() {
      String eks =
          SERVICE
              + "- { id: nodes, uses: asg.scale, when: { platform: eks }, with: { group: shop, min:"
              + " 1, max: 3, desired: 2 } }";
      assertThat(drilled(eks)).contains("nodes: its modes or 'when' leave it out of drills");
      assertThat(drilled(eks, "set: { platform: eks }")).contains("nodes: taken");
    }

    /** Whoever runs drills need not say that nothing is written for them to be found. */
    @Test
    void aCanaryAndWhoLooksForIt() {
      assertThat(
              drilled(
                  SERVICE
                      + """
                      - id: canary
                        uses: verify.writeCanary
                        with: { url: "jdbc:mysql://shop/db", secret: shop/db }
                      - id: arrived
                        uses: verify.canary
                        with: { url: "jdbc:mysql://copy/db", secret: shop/db, token: "${canary.token}" }
                      """))
          .contains(
              "service: taken",
              "canary: its kind is left out of drills",
              "arrived: its kind is left out of drills");
    }

    @Test
    void kindsThatDrillsGoOnWithout() {
      assertThat(drilled(SERVICE + "- { id: pause, uses: wait, with: { for: 5m } }"))
          .contains("pause: its kind is left out of drills");
    }

    @Test
    void kindsThatRefuseDrills() {
      assertThat(
              drilled(
                  SERVICE + "- { id: old, uses: rds.deleteInstance, with: { instance: old-db } }"))
          .contains("old: its kind is refused in drills");
    }

    @Test
    void whatTheDrillDoesNotName() {
      assertThat(
              drilled(
                  SERVICE
                      + "- { id: other, uses: ecs.scaleService, with: { cluster: shop, service:"
                      + " other, desired: 2 } }",
                  "steps: [service]"))
          .isEqualTo(
              """
              ok: a drill has no approvals
              service: taken
              end: the drill does not name it
              other: the drill does not name it\
              """);
    }
  }

  @Nested
  class ChangesSomething {
    @Test
    void whenAStepThatChangesIsTaken() {
      Plan plan = Shop.plan();
      assertThat(DrillSteps.of(plan, plan.drills().getFirst()).changeSomething()).isTrue();
    }

    @Test
    void notWhenItsStepsOnlyLook() {
      String looking =
          Shop.with("${database.endpoint}", "db.example.com")
              .replace("steps: [database, data]", "steps: [data]\n    check: true");
      Plan plan = PlanReader.read("plan", looking).plan().orElseThrow();
      assertThat(DrillSteps.of(plan, plan.drills().getFirst()).changeSomething()).isFalse();
    }
  }
}
