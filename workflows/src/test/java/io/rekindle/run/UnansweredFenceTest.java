package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.door.FailoverRequest;
import io.rekindle.plan.Mode;
import io.rekindle.rehearse.Script;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.StepState.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Traffic never moves over a fence about which nobody answered. */
class UnansweredFenceTest {
  private static final Script DARK = Script.SMOOTH.inTheDark("us-east-2");
  private static final String QUESTION =
      "the fence 'fence' was not achieved: the old side may still";

  private static Story approved(Story story) {
    story.pass(Duration.ofMinutes(2));
    story.tell(new Decision.Approve(null, false, null, "anna", null));
    story.pass(Duration.ofHours(3));
    return story;
  }

  private static void assertAsked(Story story) {
    story.pass(Duration.ofMinutes(10));
    assertThat(story.step("dns").status()).isEqualTo(Status.BLOCKED);
    assertThat(story.note("dns")).contains(QUESTION);
    assertThat(story.changes()).doesNotContain("dns");
  }

  private static void assertMovesOnceSomebodyAnswers(Story story) {
    story.tell(VerbsTest.retry("dns", Map.of()));
    story.pass(Duration.ofHours(1));
    assertThat(story.changes()).contains("dns");
    assertThat(story.status().outcome()).isEqualTo(Outcome.RECOVERED);
    assertThat(story.status().waived()).containsExactly("fence");
  }

  @Test
  void doneThatIsNotConfirmedDoesNotAnswerIt() {
    try (Story story = approved(Story.of(Plans.SHOP, DARK))) {
      story.tell(new Decision.Done("dns", Map.of(), null, "by hand", "anna", null));
      assertAsked(story);
      assertThat(story.note("dns"))
          .startsWith("reported as done, but AWS does not show it: ")
          .contains("retry accepts that");
      assertMovesOnceSomebodyAnswers(story);
    }
  }

  @Test
  void norDoesItBeingSaidTwice() {
    try (Story story = approved(Story.of(Plans.SHOP, DARK))) {
      for (String reason : List.of("by hand", "really")) {
        story.tell(new Decision.Done("dns", Map.of(), null, reason, "anna", null));
        assertAsked(story);
      }
      assertMovesOnceSomebodyAnswers(story);
    }
  }

  @Test
  void aSkippedFenceDoesNotAnswerIt() {
    try (Story story = approved(Story.of(Plans.SHOP, DARK, Mode.PLANNED))) {
      story.tell(new Decision.Skip("fence", Map.of(), "it is off", "anna", null));
      story.pass(Duration.ofHours(3));
      assertAsked(story);
      assertMovesOnceSomebodyAnswers(story);
    }
  }

  @Test
  void aFenceThatWasLeftOutDoesNotAnswerIt() {
    try (Story story = approved(Story.of(without("fence"), Script.SMOOTH))) {
      assertAsked(story);
      assertMovesOnceSomebodyAnswers(story);
    }
  }

  @Test
  void continuingAsNewDoesNotAnswerIt() {
    try (Story story = approved(Story.of(Plans.SHOP, DARK))) {
      String execution = story.execution();
      story.tell(new Decision.Done("dns", Map.of(), null, "by hand", "anna", null));
      assertAsked(story);
      story.suggestContinuingAsNew();
      story.tell(new Decision.Resume(null, "anna", null));
      story.pass(Duration.ofMinutes(5));
      assertThat(story.execution()).isNotEqualTo(execution);
      assertAsked(story);
      assertMovesOnceSomebodyAnswers(story);
    }
  }

  @Test
  void whatWasAcceptedOfOneFenceIsNotAcceptedOfAnother() {
    try (Story story = Story.of(TWO_FENCES, DARK)) {
      story.pass(Duration.ofMinutes(2));
      story.tell(new Decision.Approve(null, false, null, "anna", null));
      story.pass(Duration.ofHours(1));
      story.tell(VerbsTest.retry("dns-a", Map.of()));
      story.pass(Duration.ofHours(1));
      assertThat(story.changes()).contains("dns-a").doesNotContain("dns-b");
      assertThat(story.note("dns-b")).startsWith("the fence 'fence-b' was not achieved: ");
      story.tell(VerbsTest.retry("dns-b", Map.of()));
      story.pass(Duration.ofHours(1));
      assertThat(story.status().outcome()).isEqualTo(Outcome.RECOVERED);
    }
  }

  private static FailoverRequest without(String... steps) {
    return Asking.of(Plans.SHOP).without(List.of(steps)).by(RandomStory.ASKER).request();
  }

  private static final String TWO_FENCES =
      """
      application: two
      regions: { primary: us-east-2, recovery: us-west-2 }
      failover:
        - { id: approve, uses: approval, with: { question: "Go on?" } }
        - { id: fence-a, uses: ecs.scaleService, region: primary, fence: true, with: { cluster: a, service: web, desired: 0 } }
        - { id: dns-a, uses: route53.upsert, with: { zone: Z0123456789ABCDEFGHIJ, record: a.example.com, type: CNAME, values: [dr.example.com] } }
        - { id: fence-b, uses: ecs.scaleService, region: primary, fence: true, with: { cluster: b, service: web, desired: 0 } }
        - { id: dns-b, uses: route53.upsert, with: { zone: Z0123456789ABCDEFGHIJ, record: b.example.com, type: CNAME, values: [dr.example.com] } }
        - { id: public, uses: verify.http, with: { url: "https://a.example.com/health" } }
      """;
}
