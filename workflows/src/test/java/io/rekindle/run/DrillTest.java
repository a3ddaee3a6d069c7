package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Failures.FailureClass;
import io.rekindle.action.Verb;
import io.rekindle.rehearse.RehearsalCloud.Entry;
import io.rekindle.rehearse.Script;
import io.rekindle.rehearse.Script.Failing;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.StepState.Status;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A drill performs what it may on copies of its own, and leaves nothing of it behind. */
class DrillTest {
  private static final String SHOP =
      Plans.SHOP
          + """
          drills:
            - { name: all, cron: "0 5 1 * *" }
            - { name: restore, cron: "0 3 * * SUN", steps: [database, credentials] }
            - { name: readiness, cron: "30 * * * *", check: true }
          """;
  private static final Duration LONG = Duration.ofHours(4);

  private static Story drilled(String drill, Script script) {
    Story story = Story.drill(SHOP, drill, script);
    story.pass(LONG);
    return story;
  }

  private static void passUntilChanged(Story story, String step) {
    while (!story.changes().contains(step)) {
      story.pass(Duration.ofMinutes(1));
    }
  }

  private static RunState end(ApplicationFailure failure) {
    return failure.getDetails().get(RunState.class);
  }

  private static void assertNothingIsLeft(Story story) {
    assertThat(story.undone().stream().sorted())
        .containsExactlyElementsOf(story.changes().stream().sorted().toList());
  }

  @Test
  void allThatItMayDoIsDoneAndTakenAwayAgainAndNobodyIsAsked() {
    try (Story story = drilled("all", Script.SMOOTH)) {
      RunState end = story.result();
      assertThat(end.outcome()).isEqualTo(Outcome.DRILLED);
      assertThat(end.ending())
          .isEqualTo("every step of the drill is over; all changes were undone; nothing is left");
      assertThat(story.changes()).contains("database", "credentials", "service", "workers");
      assertThat(story.changes()).doesNotContain("fence", "dns");
      // The database and the workers need nothing of each other, and are made at the same time.
      assertThat(story.undone())
          .containsExactlyInAnyOrderElementsOf(story.changes())
          .containsSubsequence("service", "credentials", "database");
      assertThat(end.gates()).isEmpty();
    }
  }

  @Test
  void itTakesTheStepsThatItNames() {
    try (Story story = drilled("restore", Script.SMOOTH)) {
      assertThat(story.result().steps())
          .extracting(StepState::id)
          .containsExactly("database", "credentials");
    }
  }

  @Test
  void whatItMakesHasNamesOfItsOwn() {
    try (Story story = drilled("restore", Script.SMOOTH)) {
      String run = story.result().run();
      assertThat(story.step("database").outputs().get("instance"))
          .isEqualTo("drill-" + run + "-shop-db");
      assertThat(story.cloud().log()).extracting(Entry::region).containsOnly("us-west-2");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"database", "credentials", "service", "workers"})
  void aStepThatFailsEndsItAndEverythingIsTakenAway(String step) {
    Failing refused = new Failing(Script.FOR_GOOD, FailureClass.ACCESS, Verb.APPLY);
    try (Story story = drilled("all", Script.SMOOTH.failing(step, refused))) {
      ApplicationFailure failure = story.failure();
      assertThat(failure.getType()).isEqualTo("DRILL_FAILED");
      assertThat(failure.getOriginalMessage()).startsWith("step '" + step + "' failed: ");
      assertThat(end(failure).outcome()).isEqualTo(Outcome.DRILL_FAILED);
      assertNothingIsLeft(story);
    }
  }

  /** As where the store of the server was put back to an earlier copy. */
  @ParameterizedTest
  @ValueSource(strings = {"database", "credentials"})
  void whatItDoesNotRememberToHaveMadeIsTakenAwayAllTheSame(String step) {
    try (Story story = Story.drill(SHOP, "all", Script.SMOOTH)) {
      story.cloud().forget(step);
      story.pass(LONG);
      assertThat(story.result().outcome()).isEqualTo(Outcome.DRILLED);
      assertThat(story.step(step).works()).noneMatch(StepState.Work::hasChanged);
      assertNothingIsLeft(story);
    }
  }

  /** Only who scaled it knows how large it was before. */
  @Test
  void whatItAltersInPlaceAndFoundAsItWantsItIsLeftSoAndSaid() {
    try (Story story = Story.drill(SHOP, "all", Script.SMOOTH)) {
      story.cloud().forget("service");
      story.pass(LONG);
      assertThat(story.result().ending())
          .endsWith("nothing is left; found as the drill wants it, and left so: service");
      assertThat(story.undone()).doesNotContain("service");
    }
  }

  /** Production uses no copy of a drill's own: it is not for the failover to decide about it. */
  @Test
  void aFailoverGetsNothingThatIsTheDrillsOwn() {
    try (Story story = Story.drill(SHOP, "all", Script.SMOOTH)) {
      passUntilChanged(story, "credentials");
      story.startFailover(SHOP);
      story.pass(LONG);
      assertThat(story.undone()).contains("database", "credentials");
    }
  }

  @Test
  void aCancelTakesEverythingAway() {
    try (Story story = Story.drill(SHOP, "all", Script.SMOOTH)) {
      passUntilChanged(story, "credentials");
      story.cancel();
      assertThat(story.cause()).isInstanceOf(CanceledFailure.class);
      assertThat(story.status().outcome()).isEqualTo(Outcome.ABORTED);
      assertNothingIsLeft(story);
    }
  }

  /** Nobody looks after a drill at night: what cannot be removed now is tried for a day. */
  @Test
  void aTeardownThatFailsTwiceIsTriedAgain() {
    Failing busy = new Failing(2, FailureClass.WAIT_STATE, Verb.UNDO);
    try (Story story = drilled("restore", Script.SMOOTH.failing("database", busy))) {
      assertThat(story.result().outcome()).isEqualTo(Outcome.DRILLED);
      assertNothingIsLeft(story);
    }
  }

  @Test
  void whatCannotBeTakenAwayIsNamed() {
    Failing refused = new Failing(Script.FOR_GOOD, FailureClass.ACCESS, Verb.UNDO);
    try (Story story = drilled("restore", Script.SMOOTH.failing("database", refused))) {
      ApplicationFailure failure = story.failure();
      assertThat(failure.getType()).isEqualTo("LEFTOVERS");
      assertThat(failure.getOriginalMessage())
          .startsWith("every step of the drill is over; could not undo: database: ");
      assertThat(story.undone()).containsOnly("credentials");
    }
  }

  @Test
  void itDoesNotStartWhileAFailoverIsOpen() {
    try (Story story = Story.drill(SHOP, "restore", Script.SMOOTH)) {
      // The embedded server starts both at once: the drill looks before it does anything.
      story.startFailover(SHOP);
      story.pass(LONG);
      RunState end = story.result();
      assertThat(end.outcome()).isEqualTo(Outcome.GAVE_WAY);
      assertThat(end.ending()).startsWith("a failover of shop is open");
      assertNothingIsLeft(story);
    }
  }

  @Test
  void aFailoverThatComesBetweenEndsItAndTheTeardownGoesOnByItself() {
    try (Story story = Story.drill(SHOP, "all", Script.SMOOTH)) {
      passUntilChanged(story, "database");
      story.startFailover(SHOP);
      story.pass(Duration.ofMinutes(2));
      assertThat(story.status().ending()).startsWith("a failover of shop is open");
      story.pass(Duration.ofMinutes(30));
      assertThat(story.result().outcome()).isEqualTo(Outcome.GAVE_WAY);
      assertThat(story.undone()).contains("database");
      assertThat(story.changes()).doesNotContain("service");
    }
  }

  /** The failover may count on it by now, and have found it as it wants it. */
  @Test
  void whatItOnlyAlteredIsLeftToTheFailover() {
    try (Story story = Story.drill(SHOP, "all", Script.SMOOTH)) {
      passUntilChanged(story, "workers");
      story.startFailover(SHOP);
      story.pass(Duration.ofMinutes(30));
      assertThat(story.result().ending())
          .contains("kept: workers: as it is, for the failover that is open");
      assertThat(story.undone()).contains("database").doesNotContain("workers");
    }
  }

  @Test
  void oneThatOnlyChecksChangesNothing() {
    try (Story story = drilled("readiness", Script.SMOOTH)) {
      assertThat(story.result().outcome()).isEqualTo(Outcome.DRILLED);
      assertThat(story.result().ending())
          .isEqualTo("every step was checked, and none fails; nothing was changed");
      assertThat(story.changes()).isEmpty();
      assertThat(story.result().findings())
          .extracting(Finding::step)
          .contains("fence", "database", "dns");
    }
  }

  @Test
  void whatIsNotReadyOrUnknownFailsTheCheck() {
    Script unsure = Script.SMOOTH.withUnready("dns").inTheDark("us-east-2");
    try (Story story = drilled("readiness", unsure)) {
      ApplicationFailure failure = story.failure();
      assertThat(failure.getType()).isEqualTo("DRILL_FAILED");
      assertThat(failure.getOriginalMessage())
          .contains("check:dns: it is not ready", "check:fence: ");
    }
  }

  @Test
  void aDrillThatThePlanDoesNotHaveIsRefused() {
    try (Story story = Story.drill(SHOP, "restor", Script.SMOOTH)) {
      ApplicationFailure refused = story.failure();
      assertThat(refused.getType()).isEqualTo("Refused");
      assertThat(refused.getOriginalMessage()).contains("restor").contains("restore");
    }
  }

  @Test
  void peopleCanEndItAndNothingElse() {
    try (Story story = Story.drill(SHOP, "all", Script.SMOOTH)) {
      passUntilChanged(story, "database");
      assertThat(story.tell(new Decision.Failback(null, null, "anna", null)).obeyed()).isFalse();
      assertThat(story.tell(new Decision.Close(null, "anna", null)).obeyed()).isFalse();
      assertThat(story.tell(new Decision.Abort(false, "too loud", "anna", null)).sentence())
          .isEqualTo("no new step starts; what the drill made is taken away");
      assertThat(story.failure().getType()).isEqualTo("ABORTED");
      assertNothingIsLeft(story);
      assertThat(story.status().steps()).noneMatch(step -> step.status() == Status.BLOCKED);
    }
  }

  @Test
  void itOutlivesItsHistories() {
    try (Story story = Story.drill(SHOP, "all", Script.SMOOTH)) {
      passUntilChanged(story, "database");
      story.pretendFarTooLongHistories();
      story.pass(LONG);
      assertThat(story.result().outcome()).isEqualTo(Outcome.DRILLED);
      assertNothingIsLeft(story);
      assertThat(List.of(story.cloud().repeatedChanges())).containsOnly(0L);
    }
  }

  /** Whatever made it, and whatever it is called: it was not there before. */
  @Test
  void whatIsLeftWithoutTagsIsFoundAndNamed() {
    try (Story story = Story.drill(SHOP, "restore", Script.SMOOTH)) {
      passUntilChanged(story, "database");
      story.inventory().put("DB instance somebody-elses-name");
      story.pass(LONG);
      ApplicationFailure failure = story.failure();
      assertThat(failure.getType()).isEqualTo("LEFTOVERS");
      assertThat(failure.getOriginalMessage())
          .isEqualTo(
              "every step of the drill is over; all changes were undone; left behind: DB instance"
                  + " somebody-elses-name (nobody knows the cost)");
    }
  }

  @Test
  void whatWasThereBeforeIsNotLeftByIt() {
    try (Story story = Story.drill(SHOP, "restore", Script.SMOOTH)) {
      story.inventory().put("DB instance of others");
      story.pass(LONG);
      assertThat(story.result().outcome()).isEqualTo(Outcome.DRILLED);
    }
  }

  @Test
  void itStillKnowsInAnotherHistoryWhatWasThereBefore() {
    try (Story story = Story.drill(SHOP, "all", Script.SMOOTH)) {
      story.inventory().put("DB instance of others");
      passUntilChanged(story, "database");
      story.inventory().put("DB snapshot of nobody");
      story.pretendFarTooLongHistories();
      story.pass(LONG);
      assertThat(story.failure().getOriginalMessage())
          .contains("left behind: DB snapshot of nobody (")
          .doesNotContain("of others");
    }
  }

  @Test
  void whatCannotBeProvedIsNotBegun() {
    try (Story story = Story.drill(SHOP, "restore", Script.SMOOTH)) {
      story.inventory().close("rds:DescribeDBInstances is not permitted");
      story.pass(LONG);
      ApplicationFailure failure = story.failure();
      assertThat(failure.getType()).isEqualTo("DRILL_FAILED");
      assertThat(failure.getOriginalMessage())
          .isEqualTo(
              "the inventory before the drill could not be taken: rds:DescribeDBInstances is not"
                  + " permitted; nothing was changed");
      assertThat(story.changes()).isEmpty();
    }
  }

  @Test
  void whatCannotBeProvedAfterwardsCountsAsLeft() {
    try (Story story = Story.drill(SHOP, "restore", Script.SMOOTH)) {
      passUntilChanged(story, "database");
      story.inventory().close("rds:DescribeDBInstances is not permitted");
      story.pass(LONG);
      assertThat(story.failure().getType()).isEqualTo("LEFTOVERS");
      assertThat(story.failure().getOriginalMessage())
          .contains("left behind: nobody knows what in us-west-2: rds:DescribeDBInstances");
    }
  }
}
