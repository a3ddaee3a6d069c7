package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.rehearse.Script;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.SearchAttributeKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Temporal's own tools show of a run. */
class VisibilityTest {
  private static String attribute(Story story, String name) {
    String value =
        story.description().getTypedSearchAttributes().get(SearchAttributeKey.forKeyword(name));
    return value == null ? "" : value;
  }

  private static Story blocked() {
    Story story = Story.of(Plans.SHOP, Script.SMOOTH.failing("database", Script.FOR_GOOD));
    story.pass(Duration.ofMinutes(1));
    return story;
  }

  @Test
  void attributesFollowTheRun() {
    try (Story story = blocked()) {
      assertThat(attribute(story, "RekindleApplication")).isEqualTo("shop");
      assertThat(attribute(story, "RekindleRun")).isEqualTo(story.status().run());
      assertThat(attribute(story, "RekindlePhase")).isEqualTo("WAITING");
      assertThat(attribute(story, "RekindleMode")).isEqualTo("OUTAGE");
      assertThat(attribute(story, "RekindleRecoveryRegion")).isEqualTo("us-west-2");
      assertThat(attribute(story, "RekindleBlockedOn")).isEqualTo("approve");

      story.tell(new Decision.Approve(null, false, null, "anna", null));
      story.pass(Duration.ofHours(1));
      assertThat(attribute(story, "RekindlePhase")).isEqualTo("RECOVERING");
      assertThat(attribute(story, "RekindleBlockedOn")).isEqualTo("database");

      story.tell(new Decision.Skip("database", Map.of("instance", "x"), "done", "anna", null));
      story.pass(Duration.ofHours(2));
      assertThat(attribute(story, "RekindlePhase")).isEqualTo("SERVING");
      assertThat(attribute(story, "RekindleBlockedOn")).isEmpty();
      assertThat(attribute(story, "RekindleOutcome")).isEqualTo("RECOVERED");
    }
  }

  @Test
  void theOutcomeOfAnEndedRunCanBeSearchedFor() {
    try (Story story = blocked()) {
      story.tell(new Decision.Abort(false, "enough", "anna", null));
      assertThat(story.failure().getType()).isEqualTo("ABORTED");
      assertThat(attribute(story, "RekindleOutcome")).isEqualTo("ABORTED");
    }
  }

  @Test
  void theCurrentDetailsAreATable() {
    try (Story story = blocked()) {
      story.tell(new Decision.Approve(null, false, null, "anna", null));
      story.pass(Duration.ofHours(1));
      assertThat(story.currentDetails())
          .startsWith("**shop** run `" + story.status().run() + "`: RECOVERING")
          .contains("| step | status | started | ended | note |")
          .containsPattern("RECOVERING; began 2\\S+:\\d\\dZ, all times UTC")
          .containsPattern("\\| database \\| blocked \\| \\d\\d:\\d\\d:\\d\\d \\|  \\| .*ACCESS")
          .contains("| credentials | pending |");
    }
  }

  @Test
  void anOpenGateShowsWhatIsNeededToDecide() {
    try (Story story = blocked()) {
      assertThat(story.currentDetails())
          .contains("Gate `approve` is open until ", ": Fail over? (0 of 1 agreed)")
          .contains("- probe `site`: failing, it does not answer")
          .containsPattern("- 'database' restores rehearsed; what was written after 2\\S+ is lost")
          .contains("- can work right now: fence, workers, database, service, dns")
          .contains("- cannot be told yet: credentials, public")
          .containsPattern("- a yes to this is a yes to `[0-9a-f]{8}`")
          .containsPattern("- after a yes it typically takes \\d+m")
          .doesNotContain("cannot be undone");
    }
  }

  @Test
  void everyActivityAndTimerHasASummaryThatFitsALine() {
    try (Story story = blocked()) {
      story.tell(new Decision.Approve(null, false, null, "anna", null));
      story.pass(Duration.ofHours(1));
      List<HistoryEvent> asked =
          story.events().stream()
              .filter(event ->
                  event.hasActivityTaskScheduledEventAttributes()
                      || event.hasTimerStartedEventAttributes())
              .toList();
      assertThat(asked).isNotEmpty();
      assertThat(asked)
          .allSatisfy(event ->
              assertThat(event.getUserMetadata().getSummary().getData().size()).isBetween(4, 130));
    }
  }
}
