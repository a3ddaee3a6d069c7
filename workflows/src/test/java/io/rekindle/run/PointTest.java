package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.rekindle.action.ActionCall;
import io.rekindle.action.ActionCall.Point;
import io.rekindle.action.Failures;
import io.rekindle.action.Verb;
import io.rekindle.door.FailoverRequest;
import io.rekindle.plan.PlanReader;
import io.rekindle.rehearse.Script;
import io.rekindle.rehearse.Script.Failing;
import io.rekindle.run.RunState.Outcome;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.converter.DefaultDataConverter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which recovery point is used: shown at the gate, pinned there, and used as shown. */
class PointTest {
  private static final String POINT =
      "arn:aws:rds:us-west-2:123456789012:snapshot:shop-db-2026-11-20";
  private static final Instant BEFORE = Instant.parse("2020-05-05T05:05:00Z");

  private static Story recovered(Map<String, String> points, @Nullable Instant before) {
    FailoverRequest request = Asking.of(Plans.SHOP).points(points).before(before).request();
    Story story = Story.of(request, Script.SMOOTH);
    story.pass(Duration.ofMinutes(1));
    story.tell(new Decision.Approve(null, false, null, "anna", null));
    story.pass(Duration.ofHours(3));
    assertThat(story.status().outcome()).isEqualTo(Outcome.RECOVERED);
    return story;
  }

  /** The points that the database's handler was given, for one verb. */
  private static List<Point> asked(Story story, String verb) {
    return story.events().stream()
        .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
        .map(HistoryEvent::getActivityTaskScheduledEventAttributes)
        .filter(activity -> activity.getActivityType().getName().endsWith("." + verb))
        .map(activity ->
            DefaultDataConverter.STANDARD_INSTANCE.fromPayload(
                activity.getInput().getPayloads(0), ActionCall.class, ActionCall.class))
        .filter(call -> call.key().step().equals("database"))
        .map(ActionCall::point)
        .distinct()
        .toList();
  }

  @Test
  void whatTheGateShowedIsPinnedAndUsed() {
    try (Story story = recovered(Map.of(), null)) {
      assertThat(story.status().pins()).containsOnlyKeys("database");
      assertThat(asked(story, "check")).containsExactly(Point.NEWEST);
      assertThat(asked(story, "observe")).containsExactly(new Point("rehearsed", null));
      assertThat(asked(story, "apply")).containsExactly(new Point("rehearsed", null));
    }
  }

  @Test
  void nothingLaterThanTheTimeGivenIsRestored() {
    try (Story story = recovered(Map.of(), BEFORE)) {
      assertThat(asked(story, "check")).containsExactly(new Point(null, BEFORE));
      assertThat(story.status().pins().values())
          .allMatch(point -> !point.time().isAfter(BEFORE))
          .isNotEmpty();
    }
  }

  @Test
  void aPointThatWasGivenIsTheOneThatIsChecked() {
    try (Story story = recovered(Map.of("database", POINT), null)) {
      assertThat(asked(story, "check")).containsExactly(new Point(POINT, null));
      assertThat(asked(story, "apply")).containsExactly(new Point(POINT, null));
    }
  }

  private static Story blocked(Map<String, String> points, @Nullable Instant before) {
    FailoverRequest request = Asking.of(Plans.SHOP).points(points).before(before).request();
    Failing once = new Failing(1, Failures.FailureClass.ACCESS, Verb.OBSERVE);
    Story story = Story.of(request, Script.SMOOTH.failing("database", once));
    story.pass(Duration.ofMinutes(1));
    story.tell(new Decision.Approve(null, false, null, "anna", null));
    story.pass(Duration.ofMinutes(10));
    assertThat(story.step("database").status()).isEqualTo(StepState.Status.BLOCKED);
    return story;
  }

  private static final JsonNode ANOTHER =
      PlanReader.tree("{ arn: \"arn:aws:rds:us-west-2:123456789012:snapshot:b\" }");

  @Test
  void whatAPersonCorrectsBeatsWhatWasPinned() {
    try (Story story = blocked(Map.of(), BEFORE)) {
      story.tell(VerbsTest.retry("database", Map.of("snapshot", ANOTHER)));
      story.pass(Duration.ofHours(3));
      assertThat(story.status().outcome()).isEqualTo(Outcome.RECOVERED);
      assertThat(asked(story, "apply")).containsExactly(new Point(null, BEFORE));
      assertThat(story.status().pins()).isEmpty();
    }
  }

  @Test
  void whatAPersonCorrectsBeatsWhatWasAskedForAtTheStart() {
    try (Story story = blocked(Map.of("database", POINT), null)) {
      story.tell(VerbsTest.retry("database", Map.of("snapshot", ANOTHER)));
      story.pass(Duration.ofHours(3));
      assertThat(asked(story, "apply")).containsExactly(Point.NEWEST);
    }
  }

  @Test
  void whoCorrectsSomethingElseKeepsThePin() {
    try (Story story = blocked(Map.of(), null)) {
      story.tell(VerbsTest.retry("database", Map.of("class", new TextNode("db.m6g.large"))));
      story.pass(Duration.ofHours(3));
      assertThat(asked(story, "apply")).containsExactly(new Point("rehearsed", null));
    }
  }
}
