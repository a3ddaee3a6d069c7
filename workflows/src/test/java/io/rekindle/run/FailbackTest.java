package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Failures.FailureClass;
import io.rekindle.action.Verb;
import io.rekindle.plan.PlanReader;
import io.rekindle.rehearse.RehearsalCloud.Entry;
import io.rekindle.rehearse.Script;
import io.rekindle.rehearse.Script.Failing;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Phase;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.StepState.Status;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The application comes home, or it stays where it is: never half of it. */
class FailbackTest {
  private static final List<String> WAY =
      List.of(
          "quarantine", "stop", "final", "copy-home", "home", "home-service", "home-dns", "remove");

  private static final Decision GO = new Decision.Failback(null, "it is healthy", "anna", null);
  private static final Decision YES = new Decision.Approve(null, false, null, "bert", null);
  private static final Decision ABORT = new Decision.Abort(false, "not today", "anna", null);

  private static Decision by(String plan) {
    return new Decision.Failback(PlanReader.tree(plan), "with another plan", "anna", null);
  }

  private static Story serving(String plan, Script script) {
    Story story = Story.of(plan, script);
    story.pass(Duration.ofMinutes(1));
    story.tell(new Decision.Approve(null, true, null, "bert", null));
    story.pass(Duration.ofHours(3));
    assertThat(story.status().phase()).isEqualTo(Phase.SERVING);
    return story;
  }

  private static Story serving(Script script) {
    return serving(Plans.SHOP_AND_BACK, script);
  }

  /** Behind its gate, and after a while. */
  private static Story onTheWay(Script script) {
    Story story = serving(script);
    assertThat(story.tell(GO).obeyed()).isTrue();
    story.pass(Duration.ofMinutes(1));
    assertThat(story.tell(YES).obeyed()).isTrue();
    story.pass(Duration.ofHours(4));
    return story;
  }

  private static List<String> changesOfTheWay(Story story) {
    return story.changes().stream().filter(WAY::contains).distinct().toList();
  }

  private static void assertServesOn(Story story) {
    assertThat(story.description().getStatus())
        .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
    assertThat(story.status().phase()).isEqualTo(Phase.SERVING);
    assertThat(story.status().outcome()).isEqualTo(Outcome.RECOVERED);
    assertThat(story.status().ending()).isNull();
    assertThat(story.status().clocks().returning()).isNull();
  }

  @Test
  void everyStepIsDoneInItsOrderAndTheRunIsOver() {
    try (Story story = onTheWay(Script.SMOOTH)) {
      RunState end = story.result();
      assertThat(end.outcome()).isEqualTo(Outcome.FAILED_BACK);
      assertThat(end.doubt()).isNull();
      assertThat(changesOfTheWay(story)).isEqualTo(WAY);
      assertThat(end.steps()).extracting(StepState::status).containsOnly(Status.DONE);
      assertThat(story.cloud().repeatedChanges()).isZero();
    }
  }

  /** What the recovery took does not change when the application goes home. */
  @Test
  void theClocksOfTheRecoveryStay() {
    try (Story story = serving(Script.SMOOTH)) {
      RunState.Clocks before = story.status().clocks();
      story.tell(GO);
      story.pass(Duration.ofMinutes(1));
      story.tell(YES);
      story.pass(Duration.ofHours(4));
      RunState.Clocks after = story.result().clocks();
      assertThat(after.declared()).isEqualTo(before.declared());
      assertThat(after.decided()).isEqualTo(before.decided());
      assertThat(after.serving()).isEqualTo(before.serving());
      assertThat(after.returning()).isAfter(Objects.requireNonNull(before.serving()));
      assertThat(after.home()).isAfter(Objects.requireNonNull(after.returning()));
    }
  }

  @Test
  void theGateShowsWhetherTheWayCanBeGone() {
    try (Story story = serving(Script.SMOOTH.withUnready("quarantine"))) {
      story.tell(GO);
      story.pass(Duration.ofMinutes(1));
      assertThat(story.tell(YES).sentence()).contains("check:quarantine");
      assertThat(story.currentDetails()).contains("Gate `return` is open").contains("quarantine");
    }
  }

  @Test
  void nothingIsBroughtBackBeforeItServesNorTwice() {
    try (Story story = Story.of(Plans.SHOP_AND_BACK, Script.SMOOTH)) {
      story.pass(Duration.ofMinutes(1));
      assertThat(story.tell(GO).sentence())
          .isEqualTo(
              "only an application that serves from the recovery Region can be brought back; this"
                  + " run is waiting");
      story.tell(YES);
      story.pass(Duration.ofHours(3));
      assertThat(story.tell(GO).sentence())
          .isEqualTo(
              "the way back to us-east-2 begins; until its traffic moves, abort gives it up");
      assertThat(story.tell(GO).sentence()).isEqualTo("the way back is under way already");
    }
  }

  @Test
  void aPlanWithoutAWayBackIsNotEnough() {
    try (Story story = serving(Plans.SHOP, Script.SMOOTH)) {
      assertThat(story.tell(GO).sentence())
          .isEqualTo(
              "the plan has no failback for this mode: send one that has, with the decision");
      assertServesOn(story);
    }
  }

  @Test
  void nobodyGoesHomeToARegionThatDoesNotAnswer() {
    try (Story story = serving(Script.SMOOTH)) {
      story.goDark("us-east-2");
      Ruling refused = story.tell(GO);
      assertThat(refused.obeyed()).isFalse();
      assertThat(refused.sentence())
          .startsWith(
              "us-east-2 does not answer, so nothing can be brought back there: check:quarantine,");
      assertServesOn(story);
      assertThat(story.status().steps()).noneMatch(step -> step.id().equals("quarantine"));
    }
  }

  @Test
  void aNoAtItsGateLeavesEverythingWhereItIs() {
    try (Story story = serving(Script.SMOOTH)) {
      story.tell(GO);
      story.pass(Duration.ofMinutes(1));
      Ruling no =
          story.tell(new Decision.Reject(null, "not in the week of the sale", "bert", null));
      assertThat(no.sentence())
          .isEqualTo(
              "the way back is rejected: not in the week of the sale; the application goes on"
                  + " serving where it is");
      story.pass(Duration.ofMinutes(1));
      assertServesOn(story);
      assertThat(story.status().stayed())
          .isEqualTo("rejected: not in the week of the sale; nothing was changed");
      assertThat(changesOfTheWay(story)).isEmpty();
    }
  }

  @Test
  void givenUpItUndoesItsOwnChangesAndServesOn() {
    try (Story story = onTheWay(Script.SMOOTH.failing("home-service", Script.FOR_GOOD))) {
      assertThat(story.step("home-service").status()).isEqualTo(Status.BLOCKED);
      List<String> made = changesOfTheWay(story);
      assertThat(made).containsExactly("quarantine", "stop", "final", "copy-home", "home");
      assertThat(story.tell(ABORT).sentence())
          .isEqualTo(
              "the way back is given up: its changes are undone, newest first, and the application"
                  + " goes on serving where it is");
      story.pass(Duration.ofHours(1));
      assertThat(story.undone().stream().distinct()).containsExactlyElementsOf(made.reversed());
      assertServesOn(story);
      assertThat(story.status().stayed()).isEqualTo("aborted: not today; all changes were undone");
      assertThat(story.step("database").status()).isEqualTo(Status.DONE);
    }
  }

  /** Whatever is taken then was not there before: an old final snapshot would lose data. */
  @Test
  void givenUpItCanBeGoneAgainFromItsBeginning() {
    Failing once = new Failing(1, FailureClass.FATAL, Verb.APPLY);
    try (Story story = onTheWay(Script.SMOOTH.failing("home-service", once))) {
      story.tell(ABORT);
      story.pass(Duration.ofHours(1));
      assertThat(story.tell(GO).obeyed()).isTrue();
      story.pass(Duration.ofMinutes(1));
      assertThat(story.status().gates().getLast().round()).isEqualTo(2);
      assertThat(story.tell(YES).obeyed()).isTrue();
      story.pass(Duration.ofHours(4));
      assertThat(story.status().outcome()).isEqualTo(Outcome.FAILED_BACK);
      assertThat(story.step("final").outputs().get("snapshot")).contains("-g2");
      assertThat(story.cloud().log()).extracting(Entry::key).doesNotHaveDuplicates();
    }
  }

  @Test
  void onceTrafficMovesItIsGoneToItsEnd() {
    try (Story story = onTheWay(Script.SMOOTH.failing("home-public", Script.FOR_GOOD))) {
      assertThat(story.step("home-public").status()).isEqualTo(Status.BLOCKED);
      assertThat(story.tell(ABORT).sentence())
          .isEqualTo(
              "traffic is on its way home: the way back is gone to its end; retry, skip or do what"
                  + " is blocked");
      story.cancel();
      story.pass(Duration.ofMinutes(1));
      assertThat(story.undone()).isEmpty();
      story.tell(new Decision.Skip("home-public", Map.of(), "seen by hand", "anna", null));
      story.pass(Duration.ofHours(1));
      assertThat(story.status().outcome()).isEqualTo(Outcome.UNVERIFIED);
      assertThat(story.status().doubt())
          .isEqualTo("nothing verified the traffic that 'home-dns' moves");
    }
  }

  /** Temporal's own cancel is an abort; the run stays the application's lock. */
  @Test
  void aCancelGivesItUp() {
    try (Story story = onTheWay(Script.SMOOTH.failing("home-service", Script.FOR_GOOD))) {
      story.cancel();
      story.pass(Duration.ofHours(1));
      assertServesOn(story);
      assertThat(story.undone()).contains("home");
      assertThat(story.tell(by(Plans.SHOP_AND_BACK)).sentence())
          .isEqualTo("this run was once told to cancel: it can take no other plan any more");
      assertThat(story.tell(GO).obeyed()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"home-service, true", "home-public, false"})
  void aStepThatMustNotFailGivesItUpOnlyBeforeTrafficMoves(String step, boolean turnsBack) {
    String plan =
        Plans.SHOP_AND_BACK.replace(
            "- id: " + step + "\n", "- id: " + step + "\n    onFailure: abort\n");
    try (Story story = serving(plan, Script.SMOOTH.failing(step, Script.FOR_GOOD))) {
      story.tell(GO);
      story.pass(Duration.ofMinutes(1));
      story.tell(YES);
      story.pass(Duration.ofHours(4));
      if (turnsBack) {
        assertServesOn(story);
        assertThat(story.status().stayed()).startsWith("step '" + step + "' failed: ");
      } else {
        assertThat(story.status().phase()).isEqualTo(Phase.FAILING_BACK);
        assertThat(story.step(step).status()).isEqualTo(Status.BLOCKED);
        assertThat(story.undone()).isEmpty();
      }
    }
  }

  @Test
  void anotherPlanIsTakenFromHereOn() {
    String other =
        Plans.SHOP_AND_BACK.replace("service: web, desired: 2 }", "service: web, desired: 7 }");
    String same = other.replaceFirst("desired: 7", "desired: 2");
    try (Story story = serving(Plans.SHOP, Script.SMOOTH)) {
      String execution = story.execution();
      assertThat(story.tell(by(other)).sentence())
          .isEqualTo("the plan must keep what this run has used: step 'service'");
      assertThat(story.tell(by(same)).obeyed()).isTrue();
      story.pass(Duration.ofMinutes(1));
      assertThat(story.execution()).isNotEqualTo(execution);
      story.tell(YES);
      story.pass(Duration.ofHours(4));
      assertThat(story.status().outcome()).isEqualTo(Outcome.FAILED_BACK);
      assertThat(changesOfTheWay(story)).isEqualTo(WAY);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "application: shop, application: shed, application",
    "recovery: us-west-2, recovery: eu-west-1, regions",
    "target: shop-db, target: shop-base, step 'database'"
  })
  void anotherPlanKeepsWhatTheRunHasUsed(String words, String others, String named) {
    String other = Plans.SHOP_AND_BACK.replaceFirst(words, others);
    assertThat(other).isNotEqualTo(Plans.SHOP_AND_BACK);
    try (Story story = serving(Script.SMOOTH)) {
      assertThat(story.tell(by(other)).sentence())
          .startsWith("the plan must keep what this run has used: ")
          .contains(named);
      assertServesOn(story);
    }
  }

  @Test
  void anotherPlanComesInByTheSameDoor() {
    try (Story story = serving(Script.SMOOTH)) {
      assertThat(story.tell(by(Plans.SHOP_AND_BACK.replace("Go home?", ""))).sentence())
          .startsWith("the plan has problems: ");
      assertServesOn(story);
    }
  }

  @Test
  void whatIsDecidedWhileTheHistoryIsExchangedIsNotLost() {
    try (Story story = serving(Script.SMOOTH)) {
      story.suggestContinuingAsNew();
      assertThat(story.tell(GO).obeyed()).isTrue();
      story.pass(Duration.ofMinutes(1));
      story.tell(YES);
      story.pass(Duration.ofHours(4));
      assertThat(story.status().outcome()).isEqualTo(Outcome.FAILED_BACK);
      assertThat(story.cloud().repeatedChanges()).isZero();
    }
  }
}
