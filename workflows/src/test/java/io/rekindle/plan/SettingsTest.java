package io.rekindle.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.plan.PlanReader.PlanProblem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a plan may not say although each of its fields is right. */
class SettingsTest {
  private static final String HEAD =
      """
      application: shop
      regions: { primary: us-east-2, recovery: { region: us-west-2, values: { subnets: shop } } }
      """;
  private static final String STEPS =
      """
      failover:
        - id: approve
          uses: approval
          with: { question: "Fail over?" }
        - id: service
          uses: ecs.scaleService
          with: { cluster: "${recovery.subnets}", service: web, desired: 2 }
      """;

  private static List<String> problems(String plan) {
    return PlanReader.read("plan.yaml", plan).problems().stream()
        .map(PlanProblem::toString)
        .toList();
  }

  private static List<String> problemsOfStep(String step) {
    return problems(HEAD + STEPS + step.indent(2));
  }

  @Test
  void refusesAFenceThatWouldCloseTheRecoverySide() {
    assertThat(
            problemsOfStep(
                """
                - id: fence
                  uses: ecs.scaleService
                  fence: true
                  with: { cluster: shop, service: web, desired: 0 }
                """))
        .containsExactly(
            "plan.yaml:12:12: this fence would close the side that is to serve: write 'region:"
                + " primary', in failover.fence");
  }

  @Test
  void refusesAFenceThatOnlyLooks() {
    assertThat(
            problemsOfStep(
                """
                - id: fence
                  uses: verify.http
                  region: primary
                  fence: true
                  with: { url: "https://shop.example.com" }
                """))
        .containsExactly(
            "plan.yaml:13:12: verify.http changes nothing, so it cannot be a fence, in"
                + " failover.fence");
  }

  @Test
  void refusesABestEffortStepThatAborts() {
    assertThat(
            problemsOfStep(
                """
                - id: more
                  uses: ecs.scaleService
                  bestEffort: true
                  onFailure: abort
                  with: { cluster: shop, service: batch, desired: 1 }
                """))
        .containsExactly(
            "plan.yaml:13:16: a best effort step never aborts the run: remove 'onFailure', in"
                + " failover.more");
  }

  @Test
  void refusesADrillValueThatWouldLeaveProductionInPlace() {
    assertThat(
            problems(
                HEAD
                    + STEPS
                    + """
                    drills:
                      - { name: weekly, cron: "0 3 * * SUN", values: { subnetts: isolated } }
                    """))
        .containsExactly(
            "plan.yaml:11:52: Region us-west-2 has no value 'subnetts' to replace, in"
                + " drills.weekly.values; did you mean 'subnets'?");
  }

  @Test
  void refusesADrillThatNobodyGivesItsParameter() {
    assertThat(
            problems(
                HEAD
                    + "parameters: { size: { type: integer } }\n"
                    + STEPS.replace("desired: 2", "desired: \"${param.size}\"")
                    + "drills: [ { name: weekly, cron: \"0 3 * * SUN\" } ]\n"))
        .containsExactly(
            "plan.yaml:11:11: step 'service' reads the parameter 'size', which has no default: give"
                + " it in 'set', in drills.weekly");
  }

  @Test
  void refusesAStoreThatNotEveryFailoverBringsBack() {
    assertThat(
            problems(
                HEAD
                    + """
                    stores: [ { id: orders, step: canary } ]
                    """
                    + STEPS
                    + """
                      - id: canary
                        uses: s3.assertReplicated
                        bestEffort: true
                        with: { bucket: shop, key: canary }
                    """
                        .indent(0)))
        .containsExactly(
            "plan.yaml:3:31: step 'canary' might not restore the data: some failovers do not run"
                + " it, in stores.orders");
  }

  @Test
  void refusesAnObjectiveThatCopiesCannotKeep() {
    String plan =
        HEAD
            + """
            objectives: { rpo: 1h }
            stores: [ { id: orders, every: 1h, copy: none, accepted: they are few } ]
            """
            + STEPS;
    assertThat(problems(plan))
        .containsExactly(
            "plan.yaml:4:32: a copy every 1h cannot keep the rpo of 1h: what was written since the"
                + " last copy is lost until the next one has arrived; copy more often, or say a"
                + " longer rpo, in stores.orders");
    assertThat(problems(plan.replace("rpo: 1h", "rpo: 2h"))).isEmpty();
  }

  @Test
  void refusesAQuorumOfOneNameWrittenTwice() {
    assertThat(
            problems(
                HEAD + STEPS.replace("over?\"", "over?\", approvers: [anna, anna], quorum: 2")))
        .singleElement()
        .asString()
        .contains("quorum 2 cannot be reached by the approvers named");
  }

  @Test
  void takesANumberByExpressionWhereTextStands() {
    assertThat(
            problems(
                HEAD
                    + "parameters: { n: { type: integer, default: 3 } }\n"
                    + STEPS.replace("service: web", "service: \"${param.n}\"")))
        .isEmpty();
  }
}
