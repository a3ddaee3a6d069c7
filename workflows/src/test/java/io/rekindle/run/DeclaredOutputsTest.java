package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.rehearse.Script;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.StepState.Status;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a person gives in place of a step is what such a step gives, and never hides what is so. */
class DeclaredOutputsTest {
  private static final String INSTANCE = "instance";

  private static Story blocked() {
    Story story = Story.of(Plans.SHOP, Script.SMOOTH.failing("database", Script.FOR_GOOD));
    story.pass(Duration.ofMinutes(1));
    story.tell(new Decision.Approve(null, false, null, "anna", null));
    story.pass(Duration.ofHours(1));
    assertThat(story.step("database").status()).isEqualTo(Status.BLOCKED);
    return story;
  }

  private static String refused(Story story, Decision decision) {
    Ruling ruling = story.tell(decision);
    assertThat(ruling.obeyed()).as(ruling.sentence()).isFalse();
    return ruling.sentence();
  }

  private static Decision skip(Map<String, String> outputs) {
    return new Decision.Skip("database", outputs, "by hand", "anna", null);
  }

  private static Decision done(String step, Map<String, String> outputs) {
    return new Decision.Done(step, outputs, null, "by hand", "anna", null);
  }

  @Test
  void whatNoSuchStepGivesIsRefused() {
    try (Story story = blocked()) {
      String wanted =
          "step 'database' has no output 'instnace'; it has instance, endpoint, arn, port,"
              + " recoveryPoint; did you mean 'instance'?";
      Map<String, String> misspelt = Map.of("instnace", "mine", INSTANCE, "mine");
      assertThat(refused(story, skip(misspelt))).isEqualTo(wanted);
      assertThat(refused(story, done("database", misspelt))).isEqualTo(wanted);
      assertThat(story.step("database").outputs()).isEmpty();
    }
  }

  @Test
  void whatIsNotOfItsTypeIsRefused() {
    try (Story story = blocked()) {
      assertThat(refused(story, skip(Map.of(INSTANCE, "mine", "port", "abc"))))
          .isEqualTo("output 'port' of 'database' is a whole number, not 'abc'");
      assertThat(refused(story, skip(Map.of(INSTANCE, " "))))
          .isEqualTo("output 'instance' of 'database' has no value");
      assertThat(story.tell(skip(Map.of(INSTANCE, "mine", "port", "3306"))).obeyed()).isTrue();
    }
  }

  @Test
  void whatALookSawIsOverwrittenOnlyWithWords() {
    try (Story story = lateButDone()) {
      String seen = "shop-db-" + story.status().run();
      story.tell(done("database", Map.of(INSTANCE, "mine")));
      story.pass(Duration.ofMinutes(1));
      assertThat(story.step("database").outputs()).containsEntry(INSTANCE, "mine");
      assertThat(story.step("database").outputs()).containsKey("endpoint");
      assertThat(story.note("database"))
          .isEqualTo(
              "done by anna (unverified): by hand; instance is 'mine' as given, not '"
                  + seen
                  + "' as seen");
    }
  }

  @Test
  void whatALookConfirmsIsSaidToBeDoneByWhoDidIt() {
    try (Story story = lateButDone()) {
      story.tell(done("database", Map.of()));
      story.pass(Duration.ofMinutes(1));
      assertThat(story.step("database").status()).isEqualTo(Status.DONE);
      assertThat(story.note("database")).isEqualTo("done by anna (unverified): by hand");
    }
  }

  /** A database whose step asked, because its time was up, before AWS had restored it. */
  private static Story lateButDone() {
    Story story =
        Story.of(
            Plans.shopWith("shop-mysql8", "x\n    timeout: 5m"),
            Script.SMOOTH.slower("database", 10));
    story.pass(Duration.ofMinutes(1));
    story.tell(new Decision.Approve(null, false, null, "anna", null));
    story.pass(Duration.ofHours(8));
    assertThat(story.step("database").status()).isEqualTo(Status.BLOCKED);
    return story;
  }

  @Test
  void aTaskGivesNothing() {
    String plan =
        Plans.shopWith(
            "  - id: fence\n",
            "  - { id: freeze, uses: task, with: { says: \"Freeze.\", expected: 5m } }\n"
                + "  - id: fence\n");
    try (Story story = Story.of(plan, Script.SMOOTH)) {
      story.pass(Duration.ofMinutes(1));
      story.tell(new Decision.Approve(null, false, null, "anna", null));
      story.pass(Duration.ofMinutes(1));
      assertThat(refused(story, done("freeze", Map.of("who", "me"))))
          .isEqualTo("step 'freeze' has no output 'who'; it has none");
    }
  }
}
