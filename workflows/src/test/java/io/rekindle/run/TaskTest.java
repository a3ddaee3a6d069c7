package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.rekindle.rehearse.Script;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.StepState.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only a person can do. */
class TaskTest {
  private static final Duration EXPECTED = Duration.ofMinutes(10);

  /** A shop whose changes are frozen by hand before its database is restored. */
  private static String plan(String proof) {
    return """
    notify:
      - { uses: notify.sns, with: { topic: "arn:aws:sns:us-west-2:123456789012:incidents" } }
    """
        + Plans.shopWith(
            "  - id: fence\n",
            """
              - id: freeze
                uses: task
                with: { says: "Freeze deployments.", owner: release manager, expected: 10m, proof: %s }
              - id: fence
            """
                .formatted(proof)
                .indent(0));
  }

  private static Story waiting(String proof) {
    Story story = Story.of(plan(proof), Script.SMOOTH);
    story.pass(Duration.ofMinutes(1));
    story.tell(new Decision.Approve(null, false, null, "anna", null));
    story.pass(Duration.ofMinutes(1));
    assertThat(story.step("freeze").status()).isEqualTo(Status.ASKING);
    return story;
  }

  private static Decision.Done done(@Nullable String proof) {
    return new Decision.Done("freeze", Map.of(), proof, "as asked", "anna", null);
  }

  private static List<String> news(Story story) {
    return story.events().stream()
        .filter(event -> event.hasActivityTaskScheduledEventAttributes())
        .map(event -> event.getUserMetadata().getSummary().getData().toStringUtf8())
        .filter(summary -> summary.contains("task 'freeze'"))
        .toList();
  }

  @Test
  void holdsWhatComesAfterUntilSomebodySaysDone() {
    try (Story story = waiting("none")) {
      story.pass(Duration.ofMinutes(5));
      assertThat(story.changes()).doesNotContain("fence", "database");
      assertThat(story.currentDetails()).contains("Task `freeze` for release manager, expected by");
      assertThat(story.tell(done(null)).sentence()).isEqualTo("step 'freeze' is done");
      story.pass(Duration.ofHours(3));
      assertThat(story.note("freeze")).isEqualTo("done by anna (unverified): as asked");
      assertThat(story.status().tasks()).isEmpty();
      assertThat(story.status().outcome()).isEqualTo(Outcome.RECOVERED);
    }
  }

  @Test
  void isToldOnceAndOnceMoreWhenItIsLate() {
    try (Story story = waiting("none")) {
      assertThat(news(story)).hasSize(1).allMatch(news -> news.contains("for release manager"));
      story.pass(EXPECTED.plusHours(1));
      assertThat(news(story)).hasSize(2);
      assertThat(news(story).getLast()).contains("takes longer than expected");
    }
  }

  @Test
  void doneInTimeNobodyIsToldThatItIsLate() {
    try (Story story = waiting("none")) {
      story.tell(done(null));
      story.pass(EXPECTED.plusHours(1));
      assertThat(news(story)).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "text | -                     | task 'freeze' needs a proof in words (--proof)",
        "text | the board says frozen | step 'freeze' is done",
        "link | the board says frozen | task 'freeze' needs a link as proof (--proof https://…)",
        "link | https://board/42      | step 'freeze' is done",
      })
  void asksForTheProofThatThePlanWants(String wanted, @Nullable String given, String ruling) {
    try (Story story = waiting(wanted)) {
      assertThat(story.tell(done(given)).sentence()).isEqualTo(ruling);
      story.pass(Duration.ofSeconds(5));
      if (ruling.endsWith("is done")) {
        assertThat(story.note("freeze")).endsWith("; proof: " + given);
      } else {
        assertThat(story.step("freeze").status()).isEqualTo(Status.ASKING);
      }
    }
  }

  @Test
  void canBeSkippedWithAReason() {
    try (Story story = waiting("link")) {
      story.tell(new Decision.Skip("freeze", Map.of(), "nobody deploys at night", "anna", null));
      story.pass(Duration.ofHours(3));
      assertThat(story.note("freeze")).isEqualTo("skipped by anna: nobody deploys at night");
      assertThat(story.status().outcome()).isEqualTo(Outcome.RECOVERED);
    }
  }

  @Test
  void isAskedForAgainByRetryButNotWithOtherRules() {
    try (Story story = waiting("none")) {
      assertThat(story.tell(VerbsTest.retry("freeze", Map.of())).sentence())
          .isEqualTo("step 'freeze' is asked for again");
      story.pass(Duration.ofSeconds(5));
      assertThat(news(story)).hasSize(2);
      assertThat(
              story
                  .tell(VerbsTest.retry("freeze", Map.of("says", TextNode.valueOf("Nothing."))))
                  .sentence())
          .isEqualTo("the rules of a gate or a task do not change while the run goes on");
    }
  }

  @Test
  void isStillWaitedForInTheNextExecutionAndNotToldAgain() {
    try (Story story = waiting("none")) {
      story.pass(Duration.ofHours(2));
      String execution = story.execution();
      RunState before = story.status();
      story.suggestContinuingAsNew();
      story.tell(new Decision.Pause(null, "anna", null));
      story.tell(new Decision.Resume(null, "anna", null));
      story.pass(Duration.ofSeconds(30));
      assertThat(story.execution()).isNotEqualTo(execution);
      assertThat(story.status().tasks()).isEqualTo(before.tasks());
      assertThat(story.status().messages()).isEqualTo(before.messages());
      story.tell(done(null));
      story.pass(Duration.ofHours(3));
      assertThat(story.status().outcome()).isEqualTo(Outcome.RECOVERED);
    }
  }

  @Test
  void endsWithTheRun() {
    try (Story story = waiting("none")) {
      story.tell(new Decision.Abort(false, "enough", "anna", null));
      assertThat(story.failure().getOriginalMessage()).startsWith("aborted: enough");
    }
  }
}
