package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.rekindle.plan.Mode;
import io.rekindle.plan.PlanReader;
import io.rekindle.rehearse.Script;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.StepState.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Whatever ends or blocks says why, in words that are so. */
class WordsThatAreSoTest {
  private static final String WAIT =
      "  - { id: settle, uses: wait, with: { for: 2h } }\n  - id: fence\n";
  private static final String TASK =
      "  - { id: freeze, uses: task, with: { says: \"Freeze.\", expected: 5m } }\n"
          + "  - id: fence\n";

  private static Story asked(String plan, Script script) {
    Story story = Story.of(plan, script);
    story.pass(Duration.ofMinutes(1));
    return story;
  }

  private static Story approved(String plan, Script script) {
    Story story = asked(plan, script);
    story.tell(new Decision.Approve(null, false, null, "anna", null));
    story.pass(Duration.ofHours(1));
    return story;
  }

  private static Decision.Abort abort(boolean rollback, @Nullable String reason) {
    return new Decision.Abort(rollback, reason, "anna", null);
  }

  private static StepState end(Story story, String step) {
    return story.failure().getDetails().get(RunState.class).steps().stream()
        .filter(state -> state.id().equals(step))
        .findFirst()
        .orElseThrow();
  }

  @Nested
  class Blocked {
    @Test
    void anExpressionThatStandsForNothingIsNamed() {
      String plan =
          "parameters: { cluster: { type: string } }\n"
              + Plans.shopWith(
                  "cluster: shop, service: workers",
                  "cluster: \"${param.cluster}\", service: workers");
      try (Story story = Story.admitting(Story.request(PlanReader.tree(plan), Mode.OUTAGE))) {
        story.pass(Duration.ofMinutes(1));
        String what =
            "'${param.cluster}' reads what is not known at this point of the run, in"
                + " workers.cluster";
        assertThat(story.status().findings())
            .contains(new Finding("workers", Finding.Verdict.FAIL, what));
        story.tell(
            new Decision.Approve(null, null, false, List.of("check:workers"), null, "anna", null));
        story.pass(Duration.ofMinutes(1));
        assertThat(story.step("workers").status()).isEqualTo(Status.BLOCKED);
        assertThat(story.note("workers")).isEqualTo(what);
      }
    }

    @Test
    void aCorrectionThatStandsForNothingIsRefused() {
      Script script = Script.SMOOTH.failing("service", Script.FOR_GOOD);
      try (Story story = approved(Plans.SHOP, script)) {
        for (String wrong : new String[] {"${nonsense.x}", "${", "a-${database.nothing}"}) {
          Ruling ruling =
              story.tell(VerbsTest.retry("service", Map.of("cluster", new TextNode(wrong))));
          assertThat(ruling.obeyed()).as(ruling.sentence()).isFalse();
          assertThat(ruling.sentence()).endsWith(", in service.cluster");
        }
      }
    }

    @Test
    void aHandlerThatSaysNothingIsSaidToHaveSaidNothing() {
      assertThat(StepState.pending("x").blocked(" ").note())
          .isEqualTo("it cannot go on, and nothing was said about why; its history shows more");
    }
  }

  @Nested
  class WithoutAReason {
    @Test
    void anAbortHasNone() {
      try (Story story = asked(Plans.SHOP, Script.SMOOTH)) {
        story.tell(abort(false, null));
        assertThat(story.failure().getOriginalMessage()).isEqualTo("aborted; nothing was changed");
      }
    }

    @Test
    void aSkippedStepHasNone() {
      Script script = Script.SMOOTH.failing("workers", Script.FOR_GOOD);
      try (Story story = approved(Plans.SHOP, script)) {
        story.signal("skip", Map.of("step", "workers"));
        story.pass(Duration.ofMinutes(1));
        assertThat(story.note("workers")).isEqualTo("skipped");
      }
    }

    @Test
    void anExtensionSaysHowLong() {
      try (Story story = asked(Plans.SHOP, Script.SMOOTH)) {
        story.signal("extend", Map.of());
        story.pass(Duration.ofMinutes(1));
        assertThat(story.lastRuling().sentence())
            .isEqualTo("say how much longer the gate stays open, as in 30m");
      }
    }
  }

  @Nested
  class Ended {
    @Test
    void aWaitIsNotStillGoingOn() {
      try (Story story = approved(Plans.shopWith("  - id: fence\n", WAIT), Script.SMOOTH)) {
        story.tell(abort(false, "enough"));
        assertThat(end(story, "settle").note())
            .isEqualTo("the run ended before the time had passed");
      }
    }

    @Test
    void aGateIsNotStillOpen() {
      try (Story story = asked(Plans.SHOP, Script.SMOOTH)) {
        story.tell(abort(false, "enough"));
        assertThat(end(story, "approve").note()).isEqualTo("the run ended before it was answered");
        RunState state = story.failure().getDetails().get(RunState.class);
        assertThat(state.gates()).noneMatch(Gate::open);
        assertThat(story.currentDetails()).doesNotContain("is open until");
      }
    }

    @Test
    void aTaskIsNotStillToBeDone() {
      try (Story story = approved(Plans.shopWith("  - id: fence\n", TASK), Script.SMOOTH)) {
        story.tell(abort(false, "enough"));
        assertThat(end(story, "freeze").note()).isEqualTo("the run ended before it was done");
        RunState state = story.failure().getDetails().get(RunState.class);
        assertThat(state.tasks()).isEmpty();
      }
    }

    @Test
    void aRollbackThatHadNothingToUndoSaysSo() {
      try (Story story = asked(Plans.SHOP, Script.SMOOTH)) {
        story.tell(abort(true, "enough"));
        assertThat(story.failure().getOriginalMessage())
            .isEqualTo("aborted: enough; nothing was changed, so there was nothing to undo");
      }
    }
  }

  /** A message changes nothing. */
  @Nested
  class OnlyAMessageWasSent {
    private static final String TELL =
        """
        failover:
          - id: tell
            uses: notify.sns
            with: { topic: "arn:aws:sns:us-west-2:123456789012:incidents" }
        """;

    private static Story told() {
      Story story = asked(Plans.shopWith("failover:\n", TELL), Script.SMOOTH);
      story.pass(Duration.ofMinutes(1));
      assertThat(story.changes()).containsExactly("tell");
      return story;
    }

    @Test
    void rejectedTheRunEndsRejected() {
      try (Story story = told()) {
        assertThat(story.tell(new Decision.Reject(null, "no", "anna", null)).sentence())
            .isEqualTo("the run is rejected: no, and ends; nothing was changed");
        assertThat(story.failure().getType()).isEqualTo("REJECTED");
        assertThat(story.failure().getOriginalMessage())
            .isEqualTo("rejected: no; nothing was changed");
      }
    }

    @Test
    void rolledBackThereIsNothingThatCannotBeUndone() {
      try (Story story = told()) {
        story.tell(abort(true, "enough"));
        assertThat(story.failure().getOriginalMessage())
            .isEqualTo("aborted: enough; nothing was changed, so there was nothing to undo");
      }
    }
  }
}
