package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Failures.FailureClass;
import io.rekindle.action.Verb;
import io.rekindle.rehearse.Script;
import io.rekindle.run.RunState.OpenFence;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Phase;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.StepState.Status;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What could not be fenced because its Region was silent is tried until it is. */
class FenceWatchTest {
  private static final String PRIMARY = "us-east-2";
  private static final Script DARK = Script.SMOOTH.inTheDark(PRIMARY);
  private static final Decision GO = new Decision.Failback(null, "it is back", "anna", null);

  private static Story approved(String plan, Script script, boolean acceptUnfenced) {
    Story story = Story.of(plan, script);
    story.pass(Duration.ofMinutes(2));
    story.tell(new Decision.Approve(null, acceptUnfenced, null, "bert", null));
    story.pass(Duration.ofHours(3));
    return story;
  }

  /** Recovered, with the old side in the dark. */
  private static Story serving(Script script) {
    Story story = approved(Plans.SHOP_AND_BACK, script, true);
    assertThat(story.status().phase()).isEqualTo(Phase.SERVING);
    assertThat(story.status().openFences()).extracting(OpenFence::fence).containsExactly("fence");
    return story;
  }

  /** Its Region answers again, and refuses. */
  private static Story refused() {
    Story story = serving(DARK.failing("fence", Script.FOR_GOOD));
    story.comeBack(PRIMARY);
    story.pass(Duration.ofMinutes(5));
    return story;
  }

  private static Decision skip() {
    return new Decision.Skip("fence", Map.of(), "the power is off", "anna", null);
  }

  @Test
  void itHoldsAsSoonAsItsRegionAnswersAndTheRecoveryStaysWhatItWas() {
    try (Story story = serving(DARK)) {
      RunState.Clocks recovered = story.status().clocks();
      assertThat(recovered.fenced()).isNull();
      assertThat(story.changes()).doesNotContain("fence");

      story.comeBack(PRIMARY);
      story.pass(Duration.ofMinutes(5));

      assertThat(story.step("fence").status()).isEqualTo(Status.DONE);
      assertThat(story.note("fence")).matches("fenced at \\S+Z, 2h\\d+m\\d*s? after traffic moved");
      assertThat(story.changes()).containsOnlyOnce("fence");
      assertThat(story.status().openFences()).isEmpty();
      RunState.Clocks after = story.status().clocks();
      assertThat(after.fenced()).isAfter(Objects.requireNonNull(recovered.serving()));
      assertThat(after.serving()).isEqualTo(recovered.serving());
      assertThat(story.status().outcome()).isEqualTo(Outcome.RECOVERED);
    }
  }

  @Test
  void aNightInTheDarkCostsNoHistory() {
    try (Story story = serving(DARK)) {
      int events = story.servingHistory().getEvents().size();
      story.pass(Duration.ofHours(12));
      assertThat(story.servingHistory().getEvents()).hasSize(events);
      assertThat(story.currentDetails()).contains("Not fenced yet: `fence`, tried since ");
    }
  }

  @Test
  void itOutlivesTheHistoryAndTheWorkers() {
    try (Story story = serving(DARK)) {
      String execution = story.execution();
      for (int i = 0; i < 5; i++) {
        assertThat(story.tell(GO).obeyed()).isFalse();
      }
      story.suggestContinuingAsNew();
      assertThat(story.tell(GO).obeyed()).isFalse();
      story.pass(Duration.ofMinutes(1));
      assertThat(story.execution()).isNotEqualTo(execution);
      story.stopWorkers();
      story.startWorkers();
      story.comeBack(PRIMARY);
      story.pass(Duration.ofMinutes(10));
      assertThat(story.step("fence").status()).isEqualTo(Status.DONE);
      assertThat(story.cloud().repeatedChanges()).isZero();
    }
  }

  /** Its change is tried all the time, so that some attempt begins as the execution ends. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whatFailsAllTheTimeKeepsNobodyFromServing() {
    Script.Failing always = new Script.Failing(Script.FOR_GOOD, FailureClass.RETRY, Verb.APPLY);
    try (Story story = Story.of(Plans.SHOP_AND_BACK, DARK.failing("fence", always))) {
      story.pass(Duration.ofMinutes(2));
      story.tell(new Decision.Approve(null, true, null, "bert", null));
      story.pass(Duration.ofMinutes(1));
      story.comeBack(PRIMARY);
      story.pass(Duration.ofHours(3));
      assertThat(story.status().phase()).isEqualTo(Phase.SERVING);
      assertThat(story.status().openFences()).hasSize(1);
    }
  }

  @Test
  void trafficThatWaitsForItMovesWithoutAQuestion() {
    try (Story story = approved(Plans.SHOP, DARK, false)) {
      assertThat(story.step("dns").status()).isEqualTo(Status.BLOCKED);
      story.comeBack(PRIMARY);
      story.pass(Duration.ofHours(1));
      assertThat(story.changes()).containsSubsequence("fence", "dns");
      assertThat(story.note("fence")).endsWith(", before traffic moved");
      assertThat(story.status().waived()).isEmpty();
      assertThat(story.status().outcome()).isEqualTo(Outcome.RECOVERED);
    }
  }

  @Test
  void whatARegionRefusesIsNotTriedAgainByItself() {
    try (Story story =
        approved(Plans.SHOP, Script.SMOOTH.failing("fence", Script.FOR_GOOD), true)) {
      assertThat(story.step("fence").status()).isEqualTo(Status.GAVE_UP);
      assertThat(story.status().openFences()).isEmpty();
    }
  }

  @Test
  void anAbortEndsIt() {
    try (Story story = approved(Plans.SHOP, DARK, false)) {
      assertThat(story.status().openFences()).hasSize(1);
      story.tell(new Decision.Abort(true, "enough", "anna", null));
      assertThat(story.failure().getOriginalMessage())
          .startsWith("aborted: enough; all changes were undone");
      story.comeBack(PRIMARY);
      story.pass(Duration.ofHours(1));
      assertThat(story.changes()).doesNotContain("fence");
    }
  }

  @Test
  void aClosedRunEndsIt() {
    try (Story story = serving(DARK)) {
      story.tell(new Decision.Close("we stay", "anna", null));
      assertThat(story.result().outcome()).isEqualTo(Outcome.RECOVERED);
      story.comeBack(PRIMARY);
      story.pass(Duration.ofHours(1));
      assertThat(story.changes()).doesNotContain("fence");
    }
  }

  /** Traffic does not return while the old side may take writes. */
  @Nested
  class Failback {
    @Test
    void isRefusedUntilItHolds() {
      try (Story story = serving(DARK)) {
        Ruling refused = story.tell(GO);
        assertThat(refused.obeyed()).isFalse();
        assertThat(refused.sentence())
            .matches(
                "the fence 'fence' does not hold yet, and traffic does not return while the old"
                    + " side may take writes; it is tried until it holds, for 2h\\w+ by now \\(the"
                    + " Region did not answer within 25s\\)\\. Where it is shut off otherwise, say"
                    + " so: `rekindle skip shop fence --reason …`");
        story.comeBack(PRIMARY);
        story.pass(Duration.ofMinutes(5));
        assertThat(story.tell(GO).obeyed()).isTrue();
      }
    }

    @Test
    void goesOnceAPersonAnswersForTheOldSide() {
      try (Story story = serving(DARK)) {
        assertThat(story.tell(skip()).obeyed()).isTrue();
        story.pass(Duration.ofMinutes(1));
        assertThat(story.step("fence").status()).isEqualTo(Status.SKIPPED);
        assertThat(story.status().openFences()).isEmpty();
        assertThat(story.tell(GO).sentence()).startsWith("us-east-2 does not answer");
        story.comeBack(PRIMARY);
        assertThat(story.tell(GO).obeyed()).isTrue();
        story.pass(Duration.ofMinutes(5));
        assertThat(story.changes()).doesNotContain("fence");
      }
    }
  }

  /** What will not pass by itself asks a person, in an application that serves too. */
  @Nested
  class Refused {
    @Test
    void itWaitsAndSaysWhy() {
      try (Story story = refused()) {
        assertThat(story.status().openFences().getFirst().waits()).contains("ACCESS");
        assertThat(story.status().phase()).isEqualTo(Phase.SERVING);
        assertThat(story.currentDetails()).contains("now it waits for a person: ");
        assertThat(story.tell(GO).sentence())
            .contains("it waits for a person: ")
            .contains("`rekindle retry shop fence` tries it again");
        int events = story.servingHistory().getEvents().size();
        story.pass(Duration.ofHours(12));
        assertThat(story.servingHistory().getEvents()).hasSize(events);
      }
    }

    @Test
    void itIsTriedAgainWhenSomebodySaysSo() {
      try (Story story = refused()) {
        assertThat(story.tell(VerbsTest.retry("fence", Map.of())).sentence())
            .isEqualTo("step 'fence' is retried");
        story.pass(Duration.ofMinutes(1));
        assertThat(story.status().openFences().getFirst().waits()).contains("ACCESS");
        assertThat(story.step("fence").status()).isEqualTo(Status.GAVE_UP);
      }
    }

    @Test
    void saidToBeDoneItIsLookedAt() {
      try (Story story = refused()) {
        story.tell(new Decision.Done("fence", Map.of(), null, "by hand", "anna", null));
        story.pass(Duration.ofMinutes(5));
        assertThat(story.note("fence")).startsWith("reported as done, but AWS does not show it: ");
        assertThat(story.status().openFences()).hasSize(1);
      }
    }
  }
}
