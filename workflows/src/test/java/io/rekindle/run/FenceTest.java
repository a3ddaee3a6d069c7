package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.plan.Mode;
import io.rekindle.rehearse.Script;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.StepState.Status;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What becomes of the old side. */
class FenceTest {
  private static final Script DARK = Script.SMOOTH.inTheDark("us-east-2");

  private static Story approved(Script script, Mode mode, boolean acceptUnfenced) {
    Story story = Story.of(Plans.SHOP, script, mode);
    story.pass(Duration.ofMinutes(2));
    story.tell(new Decision.Approve(null, acceptUnfenced, null, "anna", null));
    story.pass(Duration.ofHours(3));
    return story;
  }

  @Test
  void aDarkRegionIsGivenUpAfter25SecondsAndTrafficAsksFirst() {
    try (Story story = approved(DARK, Mode.OUTAGE, false)) {
      StepState fence = story.step("fence");
      assertThat(fence.status()).isEqualTo(Status.GAVE_UP);
      assertThat(fence.note()).isEqualTo("the Region did not answer within 25s");
      assertThat(
              Duration.between(
                  Objects.requireNonNull(fence.started()), Objects.requireNonNull(fence.ended())))
          .isBetween(Duration.ofSeconds(23), Duration.ofSeconds(26));
      assertThat(story.step("dns").status()).isEqualTo(Status.BLOCKED);
      assertThat(story.note("dns")).startsWith("the fence 'fence' was not achieved");
      assertThat(story.changes()).contains("service").doesNotContain("dns");

      story.tell(VerbsTest.retry("dns", Map.of()));
      story.pass(Duration.ofHours(1));
      assertThat(story.status().outcome()).isEqualTo(Outcome.RECOVERED);
      assertThat(story.status().waived()).containsExactly("fence");
      assertThat(story.status().clocks().fenced()).isNull();
    }
  }

  @Test
  void nobodyIsAskedWhenTheApprovalAcceptedIt() {
    try (Story story = approved(DARK, Mode.OUTAGE, true)) {
      assertThat(story.status().outcome()).isEqualTo(Outcome.RECOVERED);
      assertThat(story.step("fence").status()).isEqualTo(Status.GAVE_UP);
    }
  }

  @Test
  void whatAnExpiredQuestionWasAnsweredDoesNotCount() {
    String plan = Plans.shopWith("expires: 30m", "expires: 30m, quorum: 2");
    try (Story story = Story.of(plan, DARK)) {
      story.pass(Duration.ofMinutes(2));
      story.tell(new Decision.Approve(null, true, null, "anna", null));
      story.pass(Duration.ofMinutes(31));
      story.tell(new Decision.Approve(null, false, null, "anna", null));
      story.tell(new Decision.Approve(null, false, null, "bert", null));
      story.pass(Duration.ofHours(3));
      assertThat(story.step("dns").status()).isEqualTo(Status.BLOCKED);
      assertThat(story.status().unfenced()).isFalse();
    }
  }

  @Test
  void oneYesIsEnoughForAllTraffic() {
    String plan =
        Plans.shopWith(
            "  - id: public\n    uses: verify.http\n",
            """
              - id: api
                uses: route53.upsert
                needs: [workers]
                with: { zone: Z0123456789ABCDEFGHIJ, record: api.example.com, type: CNAME, values: [dr.example.com] }
              - id: public
                uses: verify.http
                needs: [dns, api]
            """
                .indent(0));
    try (Story story = Story.of(plan, DARK)) {
      story.pass(Duration.ofMinutes(2));
      story.tell(new Decision.Approve(null, false, null, "anna", null));
      story.pass(Duration.ofHours(3));
      assertThat(story.step("api").status()).isEqualTo(Status.BLOCKED);
      assertThat(story.step("dns").status()).isEqualTo(Status.BLOCKED);
      story.tell(VerbsTest.retry("api", Map.of()));
      story.pass(Duration.ofHours(1));
      assertThat(story.status().outcome()).isEqualTo(Outcome.RECOVERED);
      assertThat(story.changes()).containsOnlyOnce("api", "dns");
    }
  }

  @Test
  void saidToBeDoneTrafficIsLookedAtAndNotMoved() {
    try (Story story = approved(DARK, Mode.OUTAGE, false)) {
      story.tell(new Decision.Done("dns", Map.of(), null, "by hand", "anna", null));
      story.pass(Duration.ofMinutes(5));
      assertThat(story.step("dns").status()).isEqualTo(Status.BLOCKED);
      assertThat(story.changes()).doesNotContain("dns");
    }
  }

  @Test
  void aRegionThatAnswersHasTheOrdinaryBudget() {
    try (Story story = approved(Script.SMOOTH.failing("fence", 6), Mode.OUTAGE, false)) {
      assertThat(story.status().outcome()).isEqualTo(Outcome.RECOVERED);
      assertThat(story.step("fence").status()).isEqualTo(Status.DONE);
      assertThat(story.status().clocks().fenced()).isNotNull();
    }
  }

  @Test
  void inPlannedModeAFenceThatIsNotAchievedBlocks() {
    try (Story story = approved(DARK, Mode.PLANNED, false)) {
      assertThat(story.step("fence").status()).isEqualTo(Status.BLOCKED);
      assertThat(story.changes()).containsOnly("workers");
    }
  }

  @Test
  void aSkippedFenceIsNotAnAchievedOne() {
    try (Story story = approved(DARK, Mode.PLANNED, false)) {
      story.tell(new Decision.Skip("fence", Map.of(), "it is off", "anna", null));
      story.pass(Duration.ofHours(3));
      assertThat(story.step("dns").status()).isEqualTo(Status.BLOCKED);
      assertThat(story.status().clocks().fenced()).isNull();
    }
  }

  /** Traffic that waits for a fence behind other traffic would wait for ever, and say nothing. */
  @Test
  void fencesBehindTrafficHoldNoOtherTrafficUp() {
    String plan =
        """
        application: two
        regions: { primary: us-east-2, recovery: us-west-2 }
        failover:
          - { id: approve, uses: approval, with: { question: "Go on?" } }
          - { id: dns-a, uses: route53.upsert, needs: [approve], with: { zone: Z0123456789ABCDEFGHIJ, record: a.example.com, type: CNAME, values: [dr.example.com] } }
          - { id: fence-a, uses: ecs.scaleService, region: primary, fence: true, needs: [dns-a], with: { cluster: a, service: web, desired: 0 } }
          - { id: dns-b, uses: route53.upsert, needs: [approve], with: { zone: Z0123456789ABCDEFGHIJ, record: b.example.com, type: CNAME, values: [dr.example.com] } }
          - { id: fence-b, uses: ecs.scaleService, region: primary, fence: true, needs: [dns-b], with: { cluster: b, service: web, desired: 0 } }
          - { id: public, uses: verify.http, needs: [fence-a, fence-b], with: { url: "https://a.example.com/health" } }
        """;
    try (Story story = Story.of(plan, Script.SMOOTH)) {
      story.pass(Duration.ofMinutes(1));
      story.tell(new Decision.Approve(null, false, null, "anna", null));
      story.pass(Duration.ofHours(2));
      assertThat(story.status().outcome()).as("%s", story.status()).isEqualTo(Outcome.RECOVERED);
    }
  }
}
