package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.rehearse.Script;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Phase;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A cancel that was refused has no later effect. */
class RefusedCancelTest {
  private static Story serving() {
    Story story = Story.of(Plans.SHOP, Script.SMOOTH);
    story.pass(Duration.ofMinutes(1));
    story.tell(new Decision.Approve(null, false, null, "anna", null));
    story.pass(Duration.ofHours(3));
    assertThat(story.status().phase()).isEqualTo(Phase.SERVING);
    return story;
  }

  private static boolean isOpen(Story story) {
    return story.description().getStatus()
        == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
  }

  @Test
  void aServingRunKeepsItsLockAndItsRecord() {
    try (Story story = serving()) {
      story.cancel();
      story.pass(Duration.ofMinutes(1));
      assertThat(story.lastRuling().obeyed()).isFalse();
      story.suggestContinuingAsNew();
      story.tell(new Decision.Resume(null, "anna", null));
      story.pass(Duration.ofDays(1));
      assertThat(isOpen(story)).isTrue();
      assertThat(story.status().phase()).isEqualTo(Phase.SERVING);
      assertThat(story.status().outcome()).isEqualTo(Outcome.RECOVERED);
    }
  }

  @Test
  void aServingRunIsStillClosedByAPerson() {
    try (Story story = serving()) {
      story.cancel();
      story.pass(Duration.ofMinutes(1));
      assertThat(story.tell(new Decision.Close(null, "anna", null)).obeyed()).isTrue();
      story.pass(Duration.ofMinutes(1));
      assertThat(isOpen(story)).isFalse();
      assertThat(story.status().clocks().closed()).isNotNull();
    }
  }

  /** Temporal calls such an end a cancelled one; how it went stands in the record. */
  @Test
  void aRunThatIsBeingRolledBackEndsWithItsOwnWords() {
    try (Story story = Story.of(Plans.SHOP, Script.SMOOTH.slower("database", 3))) {
      story.pass(Duration.ofMinutes(1));
      story.tell(new Decision.Approve(null, false, null, "anna", null));
      while (!story.changes().contains("database")) {
        story.pass(Duration.ofSeconds(10));
      }
      story.tell(new Decision.Abort(true, "enough", "anna", null));
      story.cancel();
      story.pass(Duration.ofHours(1));
      assertThat(story.undone()).contains("database");
      assertThat(story.status().outcome()).isEqualTo(Outcome.ROLLED_BACK);
      assertThat(story.status().ending()).isEqualTo("aborted: enough; all changes were undone");
    }
  }

  /** While the news that it serves are delivered, nothing can be aborted any more. */
  @Test
  void aRunThatIsAboutToServeServes() {
    String plan =
        """
        notify:
          - { uses: notify.sns, with: { topic: "arn:aws:sns:us-west-2:123456789012:incidents" } }
        """
            + Plans.SHOP;
    try (Story story = Story.of(plan, Script.SMOOTH.losingTheAnswerOf("notify.2"))) {
      story.pass(Duration.ofMinutes(1));
      story.tell(new Decision.Approve(null, false, null, "anna", null));
      while (story.status().phase() != Phase.SERVING) {
        story.pass(Duration.ofSeconds(5));
      }
      story.cancel();
      story.pass(Duration.ofHours(1));
      assertThat(story.rulings().getLast().obeyed()).isFalse();
      assertThat(isOpen(story)).isTrue();
      assertThat(story.status().phase()).isEqualTo(Phase.SERVING);
    }
  }
}
