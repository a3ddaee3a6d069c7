package io.rekindle.run;

import static io.rekindle.rehearse.Script.FOR_GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.rekindle.action.Failures.FailureClass;
import io.rekindle.action.Verb;
import io.rekindle.rehearse.Script;
import io.rekindle.rehearse.Script.Failing;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.StepState.Status;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a step does when it cannot go on, and what people can do about it. */
class BlockedStepTest {
  private static Story begun(String plan, Script script) {
    Story story = Story.of(plan, script);
    story.pass(Duration.ofMinutes(1));
    story.tell(new Decision.Approve(null, false, null, "anna", null));
    return story;
  }

  private static Story approved(String plan, Script script) {
    Story story = begun(plan, script);
    story.pass(Duration.ofHours(1));
    return story;
  }

  private static void assertRecovered(Story story) {
    story.pass(Duration.ofHours(4));
    assertThat(story.status().outcome()).as("%s", story.status()).isEqualTo(Outcome.RECOVERED);
    assertThat(story.cloud().repeatedChanges()).isZero();
  }

  @Test
  void failuresThatPassAreTriedAgainInsideTheBudget() {
    try (Story story = approved(Plans.SHOP, Script.SMOOTH.failing("database", 4))) {
      assertRecovered(story);
      assertThat(story.rulings()).hasSize(1);
    }
  }

  @Test
  void aLastingFailureBlocksAndHoldsOnlyWhatComesAfter() {
    try (Story story = approved(Plans.SHOP, Script.SMOOTH.failing("database", Script.FOR_GOOD))) {
      assertThat(story.step("database").status()).isEqualTo(Status.BLOCKED);
      assertThat(story.note("database")).contains("ACCESS");
      assertThat(story.step("workers").status()).isEqualTo(Status.DONE);
      assertThat(story.step("credentials").status()).isEqualTo(Status.PENDING);
      assertThat(story.step("dns").status()).isEqualTo(Status.PENDING);
    }
  }

  /** What may pass is tried until the budget is spent; what cannot is not tried twice. */
  @ParameterizedTest
  @EnumSource
  void everyClassOfFailureEndsInAQuestion(FailureClass how) {
    Script script = Script.SMOOTH.failing("database", new Failing(FOR_GOOD, how, Verb.APPLY));
    try (Story story = begun(Plans.SHOP, script)) {
      story.pass(Duration.ofMinutes(10));
      assertThat(story.step("database").status())
          .isEqualTo(how.passes() ? Status.RUNNING : Status.BLOCKED);
      story.pass(Duration.ofHours(2));
      assertThat(story.step("database").status()).isEqualTo(Status.BLOCKED);
      assertThat(story.note("database")).contains(how.name());
      assertThat(story.changes()).doesNotContain("database");
    }
  }

  @Test
  void anExhaustedBudgetBlocksAndTearsNothingDown() {
    String plan =
        Plans.shopWith("parameterGroup: shop-mysql8", "parameterGroup: x\n    timeout: 5m");
    try (Story story = approved(plan, Script.SMOOTH.slower("database", 10))) {
      assertThat(story.step("database").status()).isEqualTo(Status.BLOCKED);
      assertThat(story.note("database")).startsWith("not done within 5m: restore is under way");
      assertThat(story.changes()).contains("database");
      story.pass(Duration.ofHours(6));
      assertThat(story.tell(VerbsTest.retry("database", Map.of())).obeyed()).isTrue();
      assertRecovered(story);
    }
  }

  @Test
  void aFreshLookAfterTheBudgetCounts() {
    String plan =
        Plans.shopWith("parameterGroup: shop-mysql8", "parameterGroup: x\n    timeout: 1m");
    try (Story story = approved(plan, Script.SMOOTH.slower("database", 0.07))) {
      assertRecovered(story);
      StepState database = story.step("database");
      assertThat(
              Duration.between(
                  Objects.requireNonNull(database.started()),
                  Objects.requireNonNull(database.ended())))
          .isGreaterThan(Duration.ofMinutes(1));
    }
  }

  @Test
  void aChangeWhoseAnswerWasLostIsNotMadeTwice() {
    try (Story story =
        approved(Plans.SHOP, Script.SMOOTH.losingTheAnswerOf("database", "dns", "workers"))) {
      assertRecovered(story);
      assertThat(story.changes()).containsOnlyOnce("database", "dns", "workers");
    }
  }

  @Test
  void whatIsNotOursBlocksAndNamesTheOwner() {
    try (Story story = approved(Plans.SHOP, Script.SMOOTH.withForeign("database"))) {
      assertThat(story.note("database"))
          .isEqualTo(
              "it exists, but this run did not make it: somebody else's database of us-west-2; if"
                  + " an earlier run of this application made it, retry --adopt takes it over");
      assertThat(story.changes()).doesNotContain("database");
    }
  }

  @Test
  void whatAnEarlierRunLeftIsTakenOverWhenAPersonSaysSo() {
    try (Story story = approved(Plans.SHOP, Script.SMOOTH.withForeign("database"))) {
      Ruling both =
          story.tell(new Decision.Retry("database", Map.of(), true, true, null, "anna", null));
      assertThat(both.sentence()).isEqualTo("choose --anew or --adopt, not both");
      Ruling ruling =
          story.tell(new Decision.Retry("database", Map.of(), false, true, null, "anna", null));
      assertThat(ruling.sentence())
          .isEqualTo("step 'database' is retried and adopts what an earlier run made");
      assertRecovered(story);
      assertThat(story.changes()).doesNotContain("database");
    }
  }

  @Test
  void whatCannotBecomeRightByItselfBlocksWithItsReason() {
    try (Story story = approved(Plans.SHOP, Script.SMOOTH.withBroken("database"))) {
      assertThat(story.step("database").status()).isEqualTo(Status.BLOCKED);
      assertThat(story.note("database"))
          .isEqualTo("it cannot become right by itself, as the script says");
      assertThat(story.changes()).doesNotContain("database");
    }
  }

  @Test
  void retryTakesCorrectedFields() {
    Script script = Script.SMOOTH.failing("service", Script.FOR_GOOD);
    try (Story story = approved(Plans.SHOP, script)) {
      Ruling unknown = story.tell(VerbsTest.retry("service", Map.of("clutser", new TextNode("x"))));
      assertThat(unknown.sentence()).startsWith("step 'service' has no field 'clutser'; it has ");
      Ruling unfit =
          story.tell(VerbsTest.retry("service", Map.of("desired", new TextNode("many"))));
      assertThat(unfit.sentence()).endsWith("found 'many', in service.desired");
      story.tell(VerbsTest.retry("service", Map.of("desired", new IntNode(3))));
      story.pass(Duration.ofMinutes(1));
      assertThat(story.step("service").corrected()).containsEntry("desired", new IntNode(3));
      assertThat(story.note("service")).contains("ACCESS");
    }
  }

  @Test
  void retryAnewBeginsAnotherGenerationAndRemembersTheFormer() {
    String plan =
        Plans.shopWith("parameterGroup: shop-mysql8", "parameterGroup: x\n    timeout: 5m");
    try (Story story = approved(plan, Script.SMOOTH.slower("database", 10))) {
      story.tell(new Decision.Retry("database", Map.of(), true, false, null, "anna", null));
      story.pass(Duration.ofMinutes(30));
      StepState database = story.step("database");
      assertThat(database.work().generation()).isEqualTo(2);
      assertThat(database.former()).extracting(StepState.Work::generation).containsExactly(1);
      assertThat(story.changes().stream().filter("database"::equals)).hasSize(2);
      assertThat(story.cloud().repeatedChanges()).isZero();
    }
  }

  @Test
  void skipMustSupplyWhatRemainingStepsRead() {
    try (Story story = approved(Plans.SHOP, Script.SMOOTH.failing("database", Script.FOR_GOOD))) {
      Ruling refused = story.tell(new Decision.Skip("database", Map.of(), "x", "anna", null));
      assertThat(refused.obeyed()).isFalse();
      assertThat(refused.sentence())
          .isEqualTo("later steps need instance of 'database': add --give instance=…");
      story.tell(
          new Decision.Skip("database", Map.of("instance", "mine"), "by hand", "anna", null));
      assertRecovered(story);
      assertThat(story.step("database").status()).isEqualTo(Status.SKIPPED);
      assertThat(story.note("database")).isEqualTo("skipped by anna: by hand");
    }
  }

  @Test
  void doneIsTakenWhenALookConfirmsIt() {
    String plan = Plans.SHOP.stripTrailing() + "\n    timeout: 1m\n";
    try (Story story = approved(plan, Script.SMOOTH.failing("public", 8).slower("public", 0.01))) {
      story.pass(Duration.ofHours(2));
      assertThat(story.step("public").status()).isEqualTo(Status.BLOCKED);
      story.tell(new Decision.Done("public", Map.of(), null, "I saw it", "anna", null));
      assertRecovered(story);
    }
  }

  @Test
  void doneIsNotTakenWhenALookContradicts() {
    try (Story story = approved(Plans.SHOP, Script.SMOOTH.failing("database", Script.FOR_GOOD))) {
      story.tell(new Decision.Done("database", Map.of(), null, "I did it", "anna", null));
      story.pass(Duration.ofMinutes(5));
      assertThat(story.step("database").status()).isEqualTo(Status.BLOCKED);
      assertThat(story.note("database")).startsWith("reported as done, but AWS does not show it: ");
    }
  }

  @Test
  void bestEffortGoesOn() {
    String plan = Plans.shopWith("desired: 1 }", "desired: 1 }\n    bestEffort: true");
    try (Story story = approved(plan, Script.SMOOTH.failing("workers", Script.FOR_GOOD))) {
      assertRecovered(story);
      assertThat(story.step("workers").status()).isEqualTo(Status.GAVE_UP);
      assertThat(story.note("workers")).contains("ACCESS");
    }
  }

  @Test
  void onFailureAbortEndsTheRun() {
    String plan = Plans.shopWith("desired: 1 }", "desired: 1 }\n    onFailure: abort");
    try (Story story = begun(plan, Script.SMOOTH.failing("workers", Script.FOR_GOOD))) {
      assertThat(story.failure().getType()).isEqualTo("ABORTED");
      assertThat(story.failure().getOriginalMessage()).startsWith("step 'workers' failed: ");
      assertThat(story.changes()).doesNotContain("credentials");
    }
  }
}
