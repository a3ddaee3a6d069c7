package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Failures.FailureClass;
import io.rekindle.action.Verb;
import io.rekindle.rehearse.Script;
import io.rekindle.rehearse.Script.Failing;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Phase;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.StepState.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A paused run makes no change, and what it had time for it still has time for afterwards. */
class PausedRunTest {
  private static final Decision PAUSE = new Decision.Pause(null, "anna", null);
  private static final Decision RESUME = new Decision.Resume(null, "anna", null);
  private static final String HASTY = Plans.shopWith("shop-mysql8", "x\n    timeout: 30m");

  private static Story approved(String plan, Script script) {
    Story story = Story.of(plan, script);
    story.pass(Duration.ofMinutes(1));
    story.tell(new Decision.Approve(null, false, null, "anna", null));
    return story;
  }

  @Test
  void aChangeThatIsBeingTriedAgainIsNotMade() {
    Failing throttled = new Failing(6, FailureClass.RETRY, Verb.APPLY);
    try (Story story = approved(Plans.SHOP, Script.SMOOTH.failing("database", throttled))) {
      while (story.step("database").work().made().isEmpty()) {
        story.pass(Duration.ofSeconds(1));
      }
      story.tell(PAUSE);
      List<String> before = story.changes();
      story.pass(Duration.ofHours(9));
      assertThat(story.changes()).isEqualTo(before).doesNotContain("database");
      story.tell(RESUME);
      story.pass(Duration.ofHours(3));
      assertThat(story.changes()).containsOnlyOnce("database");
      assertThat(story.status().outcome()).isEqualTo(Outcome.RECOVERED);
    }
  }

  @Test
  void aLookThatIsUnderWaySpendsNoBudget() {
    Failing throttled = new Failing(Script.FOR_GOOD, FailureClass.RETRY, Verb.OBSERVE);
    try (Story story = approved(HASTY, Script.SMOOTH.failing("database", throttled))) {
      while (story.step("database").status() != Status.RUNNING) {
        story.pass(Duration.ofSeconds(10));
      }
      story.pass(Duration.ofMinutes(10));
      story.tell(PAUSE);
      story.pass(Duration.ofHours(9));
      assertThat(story.step("database").status()).isEqualTo(Status.RUNNING);
      story.tell(RESUME);
      story.pass(Duration.ofMinutes(17));
      assertThat(story.step("database").status()).isEqualTo(Status.RUNNING);
      story.pass(Duration.ofMinutes(6));
      assertThat(story.note("database")).startsWith("not done within 30m: ");
    }
  }

  @Test
  void whatAwsFinishesMeanwhileIsSeen() {
    try (Story story = approved(HASTY, Script.SMOOTH.slower("database", 2))) {
      while (!story.changes().contains("database")) {
        story.pass(Duration.ofSeconds(10));
      }
      story.tell(PAUSE);
      story.pass(Duration.ofHours(9));
      assertThat(story.step("database").status()).isEqualTo(Status.DONE);
    }
  }

  @Test
  void anAbortLiftsThePause() {
    try (Story story = approved(Plans.SHOP, Script.SMOOTH)) {
      story.pass(Duration.ofMinutes(5));
      story.tell(PAUSE);
      story.tell(new Decision.Abort(true, "enough", "anna", null));
      assertThat(story.failure().getType()).isEqualTo("ROLLED_BACK");
      assertThat(story.status().paused()).isFalse();
    }
  }

  @Test
  void whereNothingCanPauseItIsRefused() {
    try (Story story = approved(Plans.SHOP, Script.SMOOTH)) {
      story.pass(Duration.ofHours(3));
      assertThat(story.status().phase()).isEqualTo(Phase.SERVING);
      Ruling ruling = story.tell(PAUSE);
      assertThat(ruling.obeyed()).isFalse();
      assertThat(ruling.sentence())
          .isEqualTo("the application serves from the recovery Region: there is nothing to pause");
    }
  }

  @Test
  void aRecoveryThatEndsWhilePausedServesUnpaused() {
    String plan = Plans.SHOP.stripTrailing() + "\n    timeout: 1h\n";
    try (Story story = approved(plan, Script.SMOOTH.slower("public", 10))) {
      while (story.step("public").status() != Status.RUNNING) {
        story.pass(Duration.ofSeconds(10));
      }
      story.tell(PAUSE);
      story.pass(Duration.ofHours(5));
      assertThat(story.status().phase()).isEqualTo(Phase.SERVING);
      assertThat(story.status().paused()).isFalse();
    }
  }
}
