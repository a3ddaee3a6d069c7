package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.rehearse.Script;
import io.rekindle.run.RunState.Phase;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.converter.DefaultDataConverter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is told what, without anybody waiting for it. */
class NoticesTest {
  private static final String TOLD =
      Plans.shopWith(
          "assess:",
          """
          notify:
            - { uses: notify.sns, with: { topic: "arn:aws:sns:us-west-2:123456789012:incidents" } }
          assess:\
          """);

  private static Decision.Approve yes() {
    return new Decision.Approve(null, false, null, "anna", null);
  }

  /** The news of every message, in order, without the headline. */
  private static List<String> told(Story story) {
    return story.events().stream()
        .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
        .filter(event ->
            event
                .getActivityTaskScheduledEventAttributes()
                .getActivityType()
                .getName()
                .endsWith(".apply"))
        .map(event ->
            DefaultDataConverter.STANDARD_INSTANCE.fromPayload(
                event.getUserMetadata().getSummary(), String.class, String.class))
        .filter(summary -> summary.startsWith("notify: shop (run "))
        .map(summary -> summary.substring(summary.indexOf("): ") + 3))
        .toList();
  }

  @Test
  void aGateThatOpensAndARecoveryAreTold() {
    try (Story story = Story.of(TOLD, Script.SMOOTH)) {
      story.pass(Duration.ofMinutes(1));
      assertThat(told(story)).containsExactly("gate 'approve' is open: Fail over?");
      story.tell(yes());
      story.pass(Duration.ofHours(3));
      assertThat(told(story))
          .containsExactly(
              "gate 'approve' is open: Fail over?",
              "the application serves from the recovery Region");
      assertThat(story.status().lost()).isEmpty();
    }
  }

  @Test
  void aStepThatBlocksIsToldOnce() {
    Script script = Script.SMOOTH.failing("database", Script.FOR_GOOD);
    try (Story story = Story.of(TOLD, script)) {
      story.pass(Duration.ofMinutes(1));
      story.tell(yes());
      story.pass(Duration.ofHours(3));
      assertThat(told(story)).hasSize(2);
      assertThat(told(story).getLast()).startsWith("step 'database' is blocked: ");
    }
  }

  @Test
  void theEndIsToldBeforeTheRunIsOver() {
    try (Story story = Story.of(TOLD, Script.SMOOTH)) {
      story.pass(Duration.ofMinutes(1));
      story.tell(new Decision.Reject(null, "false alarm", "anna", null));
      assertThat(story.failure().getType()).isEqualTo("REJECTED");
      assertThat(told(story).getLast()).isEqualTo("rejected: false alarm; nothing was changed");
    }
  }

  @Test
  void aMessageThatGetsLostStopsNothing() {
    String elsewhere = TOLD.replace("uses: notify.sns,", "uses: notify.sns, region: primary,");
    try (Story story = Story.of(elsewhere, Script.SMOOTH.inTheDark("us-east-2"))) {
      story.pass(Duration.ofMinutes(3));
      assertThat(story.status().phase()).isEqualTo(Phase.WAITING);
      assertThat(story.status().lost()).hasSize(1);
      assertThat(story.status().lost().getFirst()).contains("us-east-2", "no answer");
    }
  }
}
