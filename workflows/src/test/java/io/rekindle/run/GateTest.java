package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.rehearse.Script;
import io.rekindle.run.RunState.Evidence;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.StepState.Status;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How people are asked. */
class GateTest {
  private static final String QUESTION = "question: \"Fail over?\"";

  private static Story asking(String rules) {
    Story story = Story.of(Plans.shopWith(QUESTION, QUESTION + rules), Script.SMOOTH);
    story.pass(Duration.ofMinutes(1));
    assertThat(story.step("approve").status()).isEqualTo(Status.ASKING);
    return story;
  }

  private static Decision.Approve yes(@Nullable String who) {
    return new Decision.Approve(null, false, null, who, null);
  }

  @Test
  void aQuorumCountsDistinctPeople() {
    try (Story story = asking(", quorum: 2")) {
      assertThat(story.tell(yes("anna")).sentence()).isEqualTo("1 of 2 agreed at gate 'approve'");
      assertThat(story.tell(yes("anna")).sentence()).isEqualTo("'anna' agreed already");
      assertThat(story.step("approve").status()).isEqualTo(Status.ASKING);
      assertThat(story.tell(yes("bert")).sentence()).isEqualTo("gate 'approve' is approved");
      story.pass(Duration.ofMinutes(1));
      assertThat(story.note("approve"))
          .isEqualTo("approved by anna (unverified), bert (unverified)");
    }
  }

  @Test
  void onlyApproversCount() {
    try (Story story = asking(", approvers: [anna, bert]")) {
      assertThat(story.tell(yes("carl")).sentence())
          .isEqualTo("'carl' may not approve gate 'approve'; anna or bert may");
      assertThat(story.tell(yes(null)).obeyed()).isFalse();
      assertThat(story.tell(yes("bert")).obeyed()).isTrue();
    }
  }

  @Test
  void whoAskedForTheRunDoesNotCount() {
    try (Story story = asking("")) {
      assertThat(story.tell(yes("asker")).sentence())
          .isEqualTo("'asker' started the run and may not approve gate 'approve'");
    }
  }

  @Test
  void whoAskedForTheRunCountsWhereThePlanSaysSo() {
    try (Story story = asking(", requesterMayApprove: true")) {
      assertThat(story.tell(yes("asker")).obeyed()).isTrue();
    }
  }

  @Test
  void anExpiredQuestionIsAssessedAndAskedAnew() {
    try (Story story = asking(", quorum: 2")) {
      story.tell(yes("anna"));
      Gate first = story.status().gates().getFirst();
      story.pass(Duration.ofMinutes(31));
      Gate second = story.status().gates().getFirst();
      assertThat(second.open()).isTrue();
      assertThat(second.opened()).isAfter(first.expires());
      assertThat(second.agreed()).as("anna agreed to what was known then").isEmpty();
      assertThat(story.status().evidence()).extracting(Evidence::probe).containsExactly("site");
      story.tell(yes("anna"));
      assertThat(story.tell(yes("bert")).sentence()).isEqualTo("gate 'approve' is approved");
    }
  }

  @Test
  void whoMeansOneOfTwoOpenGatesNamesIt() {
    String second =
        """
          - id: legal
            uses: approval
            needs: [approve]
            with: { question: "May the data go there?" }
          - id: security
            uses: approval
            needs: [approve]
            with: { question: "Is it no attack?" }
          - id: fence
        """
            .indent(0);
    String plan = Plans.SHOP.replace("  - id: fence\n", second);
    try (Story story = Story.of(plan, Script.SMOOTH)) {
      story.pass(Duration.ofMinutes(1));
      story.tell(yes("anna"));
      story.pass(Duration.ofMinutes(1));
      assertThat(story.tell(yes("anna")).sentence())
          .isEqualTo("name a gate: the open gates are legal and security");
      assertThat(story.tell(new Decision.Approve("legal", false, null, "anna", null)).sentence())
          .isEqualTo("gate 'legal' is approved");
      assertThat(story.tell(yes("anna")).sentence()).isEqualTo("gate 'security' is approved");
      story.pass(Duration.ofHours(3));
      assertThat(story.status().outcome()).isEqualTo(Outcome.RECOVERED);
    }
  }

  @Test
  void rejectedBeforeAnyChangeTheRunEnds() {
    try (Story story = asking("")) {
      Ruling ruling = story.tell(new Decision.Reject(null, "false alarm", "anna", null));
      assertThat(ruling.sentence())
          .isEqualTo("the run is rejected: false alarm, and ends; nothing was changed");
      assertThat(story.failure().getType()).isEqualTo("REJECTED");
      assertThat(story.failure().getOriginalMessage())
          .isEqualTo("rejected: false alarm; nothing was changed");
      assertThat(story.changes()).isEmpty();
    }
  }

  @Test
  void rejectedAfterAChangeTheGateBlocksUntilItIsAskedAgain() {
    String second =
        """
          - id: traffic
            uses: approval
            needs: [service]
            with: { question: "Move traffic?" }
          - id: dns
            uses: route53.upsert
            needs: [traffic, workers]
        """
            .indent(0);
    String plan =
        Plans.SHOP.replace(
            "  - id: dns\n    uses: route53.upsert\n    needs: [service, workers]\n", second);
    try (Story story = Story.of(plan, Script.SMOOTH)) {
      story.pass(Duration.ofMinutes(1));
      story.tell(yes("anna"));
      story.pass(Duration.ofHours(3));
      assertThat(story.tell(new Decision.Reject("traffic", "hold on", "anna", null)).sentence())
          .isEqualTo(
              "gate 'traffic' is rejected: hold on; the run waits, because changes were already"
                  + " made");
      assertThat(story.step("traffic").status()).isEqualTo(Status.BLOCKED);
      assertThat(story.changes()).doesNotContain("dns");
      assertThat(story.tell(new Decision.Skip("traffic", Map.of(), "x", "anna", null)))
          .extracting(Ruling::obeyed)
          .isEqualTo(false);
      story.tell(VerbsTest.retry("traffic", Map.of()));
      story.pass(Duration.ofMinutes(2));
      story.tell(yes("bert"));
      story.pass(Duration.ofHours(1));
      assertThat(story.status().outcome()).isEqualTo(Outcome.RECOVERED);
    }
  }
}
