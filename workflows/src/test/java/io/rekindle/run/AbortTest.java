package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Failures.FailureClass;
import io.rekindle.action.Verb;
import io.rekindle.rehearse.Script;
import io.rekindle.rehearse.Script.Failing;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.StepState.Status;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a run is ended. */
class AbortTest {
  private static Decision.Abort abort(boolean rollback) {
    return new Decision.Abort(rollback, "enough", "anna", null);
  }

  /** A run whose database is being restored, which takes its time. */
  private static Story restoring(Script script) {
    Story story = Story.of(Plans.SHOP, script);
    story.pass(Duration.ofMinutes(1));
    story.tell(new Decision.Approve(null, false, null, "bert", null));
    while (!story.changes().contains("database")) {
      story.pass(Duration.ofSeconds(10));
    }
    return story;
  }

  private static RunState end(ApplicationFailure failure) {
    return failure.getDetails().get(RunState.class);
  }

  @Test
  void nothingNewStartsAndWaitsEndAtOnce() {
    try (Story story = restoring(Script.SMOOTH.slower("database", 3))) {
      List<String> changes = story.changes();
      Instant told = story.tell(abort(false)).at();
      ApplicationFailure failure = story.failure();
      assertThat(Duration.between(told, story.lastEvent())).isLessThan(Duration.ofSeconds(5));
      assertThat(failure.getType()).isEqualTo("ABORTED");
      assertThat(failure.getOriginalMessage()).isEqualTo("aborted: enough");
      assertThat(story.changes()).isEqualTo(changes);
      assertThat(end(failure).outcome()).isEqualTo(Outcome.ABORTED);
      assertThat(end(failure).steps())
          .filteredOn(step -> step.id().equals("database"))
          .extracting(StepState::note)
          .containsExactly("in progress when the run ended");
    }
  }

  @Test
  void nobodyLooksAgainWhileThingsAreUndone() {
    try (Story story = restoring(Script.SMOOTH.slower("database", 3))) {
      story.tell(abort(true));
      assertThat(story.failure().getType()).isIn("ABORTED", "ROLLED_BACK");
      assertThat(story.events())
          .anyMatch(HistoryEvent::hasActivityTaskCancelRequestedEventAttributes);
    }
  }

  @Test
  void atTheGateNothingWasChanged() {
    try (Story story = Story.of(Plans.SHOP, Script.SMOOTH)) {
      story.pass(Duration.ofMinutes(1));
      story.tell(abort(false));
      assertThat(story.failure().getOriginalMessage())
          .isEqualTo("aborted: enough; nothing was changed");
    }
  }

  @Test
  void cancellingTheWorkflowMeansAbort() {
    try (Story story = restoring(Script.SMOOTH)) {
      story.cancel();
      assertThat(story.cause()).isInstanceOf(CanceledFailure.class);
      assertThat(story.status().outcome()).isEqualTo(Outcome.ABORTED);
      assertThat(story.status().ending()).isEqualTo("aborted: the workflow was cancelled");
      assertThat(story.lastRuling().verb()).isEqualTo("abort");
    }
  }

  @Test
  void rollbackUndoesTheNewestFirst() {
    try (Story story = restoring(Script.SMOOTH.slower("database", 3))) {
      story.tell(abort(true));
      ApplicationFailure failure = story.failure();
      assertThat(failure.getType()).isEqualTo("ROLLED_BACK");
      assertThat(failure.getOriginalMessage())
          .isEqualTo("aborted: enough; all changes were undone");
      assertThat(end(failure).steps())
          .filteredOn(step -> step.status() == Status.UNDONE)
          .extracting(StepState::id)
          .contains("fence", "database", "workers");
      assertThat(story.undone()).isEqualTo(story.changes().reversed());
    }
  }

  @Test
  void rollbackListsWhatItCouldNotUndo() {
    try (Story story = Story.of(Plans.SHOP, Script.SMOOTH.failing("service", Script.FOR_GOOD))) {
      story.pass(Duration.ofMinutes(1));
      story.tell(new Decision.Approve(null, false, null, "bert", null));
      story.pass(Duration.ofHours(3));
      assertThat(story.step("service").status()).isEqualTo(Status.BLOCKED);
      story.goDark("us-east-2");
      story.tell(abort(true));
      ApplicationFailure failure = story.failure();
      assertThat(failure.getType()).isEqualTo("ABORTED");
      assertThat(failure.getOriginalMessage()).contains("could not undo: fence: ");
    }
  }

  @Test
  void rollbackNamesWhatIsOneWay() {
    String plan =
        Plans.shopWith(
            "  - id: credentials\n",
            """
              - id: tidy
                uses: rds.deleteInstance
                needs: [approve]
                with: { instance: shop-old }
              - id: credentials
                needs: [database]
            """
                .indent(0));
    try (Story story = Story.of(plan, Script.SMOOTH.failing("service", Script.FOR_GOOD))) {
      story.pass(Duration.ofMinutes(1));
      assertThat(story.currentDetails()).contains("- cannot be undone: tidy");
      story.tell(new Decision.Approve(null, false, null, "bert", null));
      story.pass(Duration.ofHours(3));
      story.tell(abort(true));
      assertThat(story.failure().getOriginalMessage())
          .isEqualTo(
              "aborted: enough; could not undo: tidy: One-way: restore the final snapshot; kept:"
                  + " database: its last state, in a final snapshot");
      assertThat(story.undone()).contains("database").doesNotContain("tidy");
    }
  }

  @Test
  void aChangeThatIsBeingRetriedDoesNotHoldTheEndUp() {
    Failing throttled = new Failing(Script.FOR_GOOD, FailureClass.RETRY, Verb.APPLY);
    try (Story story = Story.of(Plans.SHOP, Script.SMOOTH.failing("database", throttled))) {
      story.pass(Duration.ofMinutes(1));
      story.tell(new Decision.Approve(null, false, null, "bert", null));
      story.pass(Duration.ofMinutes(20));
      Instant told = story.tell(abort(false)).at();
      assertThat(story.failure().getType()).isEqualTo("ABORTED");
      assertThat(Duration.between(told, story.lastEvent())).isLessThan(Duration.ofMinutes(1));
    }
  }

  @Test
  void rollbackTakesFormerGenerationsToo() {
    String plan =
        Plans.shopWith("parameterGroup: shop-mysql8", "parameterGroup: x\n    timeout: 5m");
    try (Story story = Story.of(plan, Script.SMOOTH.slower("database", 50))) {
      story.pass(Duration.ofMinutes(1));
      story.tell(new Decision.Approve(null, false, null, "bert", null));
      story.pass(Duration.ofHours(1));
      story.tell(new Decision.Retry("database", Map.of(), true, false, null, "anna", null));
      story.pass(Duration.ofMinutes(1));
      story.tell(abort(true));
      assertThat(story.failure().getType()).isEqualTo("ROLLED_BACK");
      assertThat(story.undone().stream().filter("database"::equals)).hasSize(2);
    }
  }

  @Test
  void rollbackIsRefusedOnceTrafficWasMoved() {
    try (Story story = Story.of(Plans.SHOP, Script.SMOOTH.failing("public", Script.FOR_GOOD))) {
      story.pass(Duration.ofMinutes(1));
      story.tell(new Decision.Approve(null, false, null, "bert", null));
      story.pass(Duration.ofHours(3));
      assertThat(story.tell(abort(true)).sentence())
          .startsWith("traffic has moved: failback takes it home and undoes the rest; ");
      assertThat(story.tell(abort(false)).obeyed()).isTrue();
      assertThat(story.failure().getType()).isEqualTo("ABORTED");
    }
  }
}
