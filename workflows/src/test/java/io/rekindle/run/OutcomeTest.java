package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.door.FailoverRequest;
import io.rekindle.plan.Mode;
import io.rekindle.rehearse.Script;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Recovered is only what serves, and was seen to serve. */
class OutcomeTest {
  private static final String DATA =
      """
      application: shop
      regions: { primary: us-east-2, recovery: us-west-2 }
      failover:
        - { id: approve, uses: approval, with: { question: "Fail over?" } }
        - id: fence
          uses: ecs.scaleService
          region: primary
          fence: true
          with: { cluster: shop, service: web, desired: 0 }
        - { id: settings, uses: config.publish, with: { prefix: /shop } }
      """;

  private static Story over(Story story) {
    story.pass(Duration.ofMinutes(1));
    story.tell(new Decision.Approve(null, true, null, "anna", null));
    story.pass(Duration.ofHours(4));
    return story;
  }

  private static void assertUnverified(Story story, String doubt) {
    RunState state = over(story).status();
    assertThat(state.phase()).isEqualTo(Phase.SERVING);
    assertThat(state.outcome()).isEqualTo(Outcome.UNVERIFIED);
    assertThat(state.doubt()).isEqualTo(doubt);
    assertThat(story.currentDetails()).contains("Unverified: " + doubt);
  }

  @Test
  void whatServesAndWasVerifiedIsRecovered() {
    try (Story story = Story.of(Plans.SHOP, Script.SMOOTH)) {
      assertThat(over(story).status().outcome()).isEqualTo(Outcome.RECOVERED);
      assertThat(story.status().doubt()).isNull();
    }
  }

  @Test
  void whatStartsNothingThatServesIsUnverified() {
    try (Story story = Story.of(DATA, Script.SMOOTH)) {
      assertUnverified(story, "no step that starts what serves, or moves traffic to it, is done");
    }
  }

  @Test
  void trafficThatDidNotMoveIsUnverified() {
    String plan =
        Plans.shopWith(
            "values: [dr.example.com] }", "values: [dr.example.com] }\n    bestEffort: true");
    try (Story story = Story.of(plan, Script.SMOOTH.failing("dns", Script.FOR_GOOD))) {
      assertUnverified(story, "'dns', which moves traffic, did not succeed");
    }
  }

  @Test
  void aVerificationThatFailedIsUnverified() {
    String plan = Plans.SHOP.stripTrailing() + "\n    bestEffort: true\n";
    try (Story story = Story.of(plan, Script.SMOOTH.failing("public", Script.FOR_GOOD))) {
      assertUnverified(
          story,
          "'public', which verifies, did not succeed; nothing verified the traffic that 'dns'"
              + " moves");
    }
  }

  @Test
  void aVerificationThatWasSkippedProvesNothing() {
    try (Story story = Story.of(Plans.SHOP, Script.SMOOTH.failing("public", Script.FOR_GOOD))) {
      over(story);
      story.tell(new Decision.Skip("public", Map.of(), "no time", "anna", null));
      story.pass(Duration.ofMinutes(1));
      assertThat(story.status().outcome()).isEqualTo(Outcome.UNVERIFIED);
    }
  }

  private static FailoverRequest request(String plan, Mode mode, List<String> without) {
    return Asking.of(plan).in(mode).without(without).request();
  }

  @Test
  @Timeout(60)
  void aRunThatWouldTakeNoStepIsRefused() {
    String plan =
        """
        application: shop
        regions: { primary: us-east-2, recovery: us-west-2 }
        failover:
          - { id: approve, uses: approval, with: { question: "Fail over?" } }
          - id: service
            uses: ecs.scaleService
            modes: [outage]
            with: { cluster: shop, service: web, desired: 2 }
        """;
    try (Story story = Story.of(request(plan, Mode.PLANNED, List.of()), Script.SMOOTH)) {
      assertThat(story.failure().getOriginalMessage())
          .isEqualTo(
              "--mode: no step of the plan does anything in mode planned with these parameters; see"
                  + " 'modes' and 'when' of its steps, and choose another mode or set other"
                  + " values");
    }
    try (Story story = Story.of(request(plan, Mode.OUTAGE, List.of("service")), Script.SMOOTH)) {
      assertThat(story.failure().getOriginalMessage())
          .isEqualTo("--without: no step is left that does anything; leave fewer steps out");
    }
  }
}
