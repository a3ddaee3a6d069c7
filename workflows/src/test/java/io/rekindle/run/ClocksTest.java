package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.rehearse.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The clocks of a run begin when people first noticed, and stop only for what is so. */
class ClocksTest {
  private static final String TWO_FENCES =
      Plans.shopWith(
          "  - id: workers\n",
          """
            - id: queue
              uses: ecs.scaleService
              needs: [approve]
              region: primary
              fence: true
              with: { cluster: shop, service: queue, desired: 0 }
            - id: workers
          """);

  private static Story started(
      String plan, List<String> without, @Nullable Instant impact, Script script) {
    return Story.of(Asking.of(plan).without(without).impactAt(impact).request(), script);
  }

  private static RunState.Clocks over(Story story) {
    story.pass(Duration.ofMinutes(1));
    story.tell(new Decision.Approve(null, true, null, "anna", null));
    story.pass(Duration.ofHours(4));
    return story.status().clocks();
  }

  @Test
  void theyBeginAtTheImpactWhereItIsKnown() {
    Instant impact =
        Instant.now().minus(Duration.ofHours(2)).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
    try (Story story = started(Plans.SHOP, List.of(), impact, Script.SMOOTH)) {
      assertThat(story.status().clocks().zero()).isEqualTo(impact);
    }
    try (Story story = started(Plans.SHOP, List.of(), null, Script.SMOOTH)) {
      assertThat(story.status().clocks().zero()).isEqualTo(story.status().clocks().declared());
    }
  }

  @Test
  @Timeout(60)
  void anImpactThatIsStillToComeIsRefused() {
    Instant impact = Instant.parse("2999-01-01T00:00:00Z");
    try (Story story = started(Plans.SHOP, List.of(), impact, Script.SMOOTH)) {
      assertThat(story.failure().getOriginalMessage())
          .startsWith("--impact-at: 2999-01-01T00:00:00Z is still to come, it is ")
          .endsWith(" now; say when people first noticed");
    }
  }

  @Test
  void aClockThatIsALittleAheadIsNot() {
    try (Story story =
        started(Plans.SHOP, List.of(), Instant.now().plusSeconds(60), Script.SMOOTH)) {
      story.pass(Duration.ofMinutes(1));
      assertThat(story.status().gates()).hasSize(1);
    }
  }

  @Test
  void fencedIsWhenTheLastFenceHolds() {
    try (Story story = started(TWO_FENCES, List.of(), null, Script.SMOOTH.slower("fence", 0.1))) {
      Instant fenced = Objects.requireNonNull(over(story).fenced());
      assertThat(fenced).isEqualTo(story.step("queue").ended());
      assertThat(fenced).isAfter(story.step("fence").ended());
    }
  }

  @Test
  void oneFenceThatDoesNotHoldIsNotFenced() {
    Script script = Script.SMOOTH.failing("queue", Script.FOR_GOOD);
    try (Story story = started(TWO_FENCES, List.of(), null, script)) {
      assertThat(over(story).fenced()).isNull();
    }
  }

  @Test
  void aFenceThatWasLeftOutIsNotFenced() {
    try (Story story = started(TWO_FENCES, List.of("queue"), null, Script.SMOOTH)) {
      assertThat(over(story).fenced()).isNull();
    }
  }
}
