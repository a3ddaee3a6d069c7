package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.ActionCall;
import io.rekindle.plan.Mode;
import io.rekindle.rehearse.Script;
import io.rekindle.run.RunState.Phase;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.converter.DefaultDataConverter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Handlers are told whether both Regions are meant to work: then nothing may be lost. */
class NothingMayBeLostTest {
  private static final Decision YES = new Decision.Approve(null, true, null, "bert", null);

  private static Story recovered(Mode mode) {
    Story story = Story.of(Asking.of(Plans.SHOP_AND_BACK).in(mode).request(), Script.SMOOTH);
    story.pass(Duration.ofMinutes(1));
    story.tell(YES);
    story.pass(Duration.ofHours(3));
    assertThat(story.status().phase()).isEqualTo(Phase.SERVING);
    return story;
  }

  private static List<Boolean> told(Story story, String step) {
    return story.histories().stream()
        .flatMap(history -> history.getEvents().stream())
        .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
        .map(HistoryEvent::getActivityTaskScheduledEventAttributes)
        .filter(activity -> activity.getActivityType().getName().endsWith(".apply"))
        .map(activity ->
            DefaultDataConverter.STANDARD_INSTANCE.fromPayload(
                activity.getInput().getPayloads(0), ActionCall.class, ActionCall.class))
        .filter(call -> call.key().step().equals(step))
        .map(ActionCall::planned)
        .distinct()
        .toList();
  }

  @Test
  void inAPlannedFailover() {
    try (Story story = recovered(Mode.PLANNED)) {
      assertThat(told(story, "database")).containsExactly(true);
    }
  }

  @Test
  void onTheWayHomeAlsoAfterAnOutage() {
    try (Story story = recovered(Mode.OUTAGE)) {
      assertThat(told(story, "database")).containsExactly(false);
      story.tell(new Decision.Failback(null, "it is healthy", "anna", null));
      story.pass(Duration.ofMinutes(1));
      story.tell(YES);
      story.pass(Duration.ofHours(4));
      assertThat(told(story, "home")).containsExactly(true);
    }
  }
}
