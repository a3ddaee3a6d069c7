package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Failures.FailureClass;
import io.rekindle.action.Verb;
import io.rekindle.door.FailoverRequest;
import io.rekindle.plan.Mode;
import io.rekindle.plan.PlanReader;
import io.rekindle.rehearse.Script;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Phase;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.StepState.Status;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.converter.DefaultDataConverter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A run outlives its histories. */
class ContinueAsNewTest {
  private static final String FAILBACK =
      """
      failback:
        - id: return
          uses: approval
          with: { question: "Go back?" }
        - id: final
          uses: rds.snapshot
          region: recovery
          with: { instance: "${database.instance}", target: shop-final }
        - id: home
          uses: rds.copySnapshot
          with:
            source: "${final.snapshot}"
            target: shop-final
            kmsKey: "arn:aws:kms:us-east-2:123456789012:key/1f6d2c84-07ba-4e59-a3d1-58c90be7f246"
        - id: home-dns
          uses: route53.upsert
          with: { zone: Z0123456789ABCDEFGHIJ, record: shop.example.com, type: CNAME, values: [www.example.com] }
        - id: home-public
          uses: verify.http
          with: { url: "https://shop.example.com/health" }
      """;

  private static final String FENCED_FAILBACK =
      """
      failback:
        - { id: return, uses: approval, with: { question: "Go back?" } }
        - id: quiet
          uses: ecs.scaleService
          region: recovery
          fence: true
          with: { cluster: shop, service: web, desired: 0 }
      """;

  private static Decision.Approve yes(String who) {
    return new Decision.Approve(null, false, null, who, null);
  }

  private static Story asked(String plan, Script script) {
    Story story = Story.of(plan, script);
    story.pass(Duration.ofMinutes(1));
    return story;
  }

  @Test
  void servingHasAHistoryOfItsOwn() {
    try (Story story = asked(Plans.SHOP, Script.SMOOTH)) {
      RunState before = story.status();
      String execution = story.execution();
      story.tell(yes("anna"));
      story.pass(Duration.ofHours(3));

      assertThat(story.execution()).isNotEqualTo(execution);
      assertThat(story.status().phase()).isEqualTo(Phase.SERVING);
      assertThat(story.status().run()).isEqualTo(before.run());
      assertThat(story.rulings()).extracting(Ruling::verb).containsExactly("approve");
      story.tell(new Decision.Close(null, "anna", before.run()));
      assertThat(story.result().outcome()).isEqualTo(Outcome.RECOVERED);
    }
  }

  @Test
  void aRunThatIsClosedWhenRecoveredEndsInItsFirstExecution() {
    FailoverRequest plain = Story.request(PlanReader.tree(Plans.SHOP), Mode.OUTAGE);
    FailoverRequest closing =
        new FailoverRequest(
            plain.plan(),
            plain.mode(),
            plain.reason(),
            null,
            Map.of(),
            List.of(),
            Map.of(),
            Map.of(),
            null,
            null,
            null,
            null,
            true);
    try (Story story = Story.of(closing, Script.SMOOTH)) {
      story.pass(Duration.ofMinutes(1));
      story.tell(yes("anna"));
      assertThat(story.result().outcome()).isEqualTo(Outcome.RECOVERED);
      assertThat(story.events().getLast().hasWorkflowExecutionCompletedEventAttributes()).isTrue();
    }
  }

  @Test
  void aStepThatWaitsForAPersonGoesOnWaiting() {
    try (Story story = asked(Plans.SHOP, Script.SMOOTH.failing("database", Script.FOR_GOOD))) {
      String execution = story.execution();
      story.tell(yes("anna"));
      story.pass(Duration.ofHours(2));
      RunState before = story.status();
      story.suggestContinuingAsNew();
      story.tell(new Decision.Pause(null, "anna", null));
      story.pass(Duration.ofMinutes(5));

      assertThat(story.execution()).isNotEqualTo(execution);
      assertThat(story.status().paused()).isTrue();
      assertThat(story.status().steps()).isEqualTo(before.steps());
      story.tell(new Decision.Resume(null, "anna", null));
      story.tell(new Decision.Skip("database", Map.of("instance", "x"), "by hand", "anna", null));
      story.pass(Duration.ofHours(2));
      assertThat(story.status().outcome()).isEqualTo(Outcome.RECOVERED);
      assertThat(story.cloud().repeatedChanges()).isZero();
    }
  }

  @Test
  void anOpenGateStaysAsItWasAndRemembersWhoAgreed() {
    String plan = Plans.shopWith("expires: 30m", "expires: 30m, quorum: 2");
    try (Story story = asked(plan, Script.SMOOTH)) {
      String execution = story.execution();
      Gate before = story.status().gates().getFirst();
      story.suggestContinuingAsNew();
      story.tell(yes("anna"));
      story.pass(Duration.ofMinutes(3));

      assertThat(story.execution()).isNotEqualTo(execution);
      Gate after = story.status().gates().getFirst();
      assertThat(after.opened()).as("nobody is asked again").isEqualTo(before.opened());
      assertThat(after.expires()).isEqualTo(before.expires());
      assertThat(story.tell(yes("anna")).sentence()).isEqualTo("'anna' agreed already");
      assertThat(story.tell(yes("bert")).sentence()).isEqualTo("gate 'approve' is approved");
    }
  }

  @Test
  void aGateThatWasRejectedStaysClosed() {
    String plan =
        Plans.shopWith(
            "  - id: dns\n",
            "  - { id: second, uses: approval, with: { question: \"Move traffic?\" } }\n"
                + "  - id: dns\n");
    try (Story story = asked(plan, Script.SMOOTH)) {
      String execution = story.execution();
      story.tell(yes("anna"));
      story.pass(Duration.ofHours(2));
      story.tell(new Decision.Reject("second", "not yet", "anna", null));
      story.pass(Duration.ofMinutes(1));
      story.suggestContinuingAsNew();
      story.tell(new Decision.Resume(null, "anna", null));
      story.pass(Duration.ofMinutes(5));

      assertThat(story.execution()).isNotEqualTo(execution);
      assertThat(story.step("second").status()).isEqualTo(Status.BLOCKED);
      assertThat(story.note("second"))
          .isEqualTo("rejected after changes were made; retry asks again, abort ends the run");
      assertThat(story.status().gates()).noneMatch(Gate::open);
    }
  }

  /** Nobody may be cut off in the middle of a change. */
  @Test
  void aStepThatIsTriedAgainWhileAMessageIsDeliveredIsWaitedFor() {
    String plan =
        """
        notify:
          - { uses: notify.sns, with: { topic: "arn:aws:sns:us-west-2:123456789012:incidents" } }
        """
            + Plans.SHOP;
    Script script =
        Script.SMOOTH
            .failing("database", new Script.Failing(1, FailureClass.ACCESS, Verb.OBSERVE))
            .slower("workers", 0.01)
            .losingTheAnswerOf("notify.2", "notify.3");
    try (Story story = asked(plan, script)) {
      String execution = story.execution();
      story.tell(yes("anna"));
      while (story.step("database").status() != Status.BLOCKED
          || story.step("workers").status() != Status.DONE) {
        story.pass(Duration.ofSeconds(5));
      }
      story.suggestContinuingAsNew();
      story.tell(new Decision.Resume(null, "anna", null));
      assertThat(story.tell(VerbsTest.retry("database", Map.of())).obeyed()).isTrue();
      story.pass(Duration.ofMinutes(5));

      assertThat(story.step("database").status()).isEqualTo(Status.RUNNING);
      assertThat(story.execution()).isEqualTo(execution);
      story.pass(Duration.ofHours(2));
      assertThat(story.execution()).isNotEqualTo(execution);
      assertThat(story.status().outcome()).isEqualTo(Outcome.RECOVERED);
    }
  }

  @Test
  void aPlanThatThisWorkerCannotReadIsNoRecoveredOne() throws InterruptedException {
    RunState waiting;
    try (Story story = asked(Plans.SHOP, Script.SMOOTH)) {
      waiting = story.status();
    }
    FailoverRequest request = Story.request(PlanReader.tree("application: shop"), Mode.OUTAGE);
    try (Story story = Story.resumed(request, waiting)) {
      while (story.events().stream().noneMatch(ContinueAsNewTest::endsATask)) {
        Thread.sleep(10);
      }
      assertThat(story.events()).anyMatch(HistoryEvent::hasWorkflowTaskFailedEventAttributes);
    }
  }

  private static boolean endsATask(HistoryEvent event) {
    return event.hasWorkflowTaskFailedEventAttributes()
        || event.hasWorkflowTaskCompletedEventAttributes();
  }

  @Test
  void aRunInTheMiddleOfAFailbackGoesOnWhereItWas() {
    RunState middle = middleOfAFailback();
    assertThat(throughHistory(middle)).isEqualTo(middle);
    FailoverRequest request = Story.request(PlanReader.tree(Plans.SHOP + FAILBACK), Mode.OUTAGE);
    try (Story story = Story.resumed(request, middle)) {
      story.pass(Duration.ofSeconds(5));
      story.suggestContinuingAsNew();
      story.pass(Duration.ofHours(5));

      RunState end = story.result();
      assertThat(end.outcome()).isEqualTo(Outcome.FAILED_BACK);
      assertThat(end.run()).isEqualTo(middle.run());
      assertThat(story.changes()).containsExactly("home", "home-dns");
      assertThat(story.cloud().log())
          .allMatch(entry -> entry.key().startsWith("shop/" + middle.run() + "/"));
    }
  }

  /** A paused run that is continued as new. */
  private static Story pausedAndContinued() {
    Story story = asked(Plans.SHOP, Script.SMOOTH);
    String execution = story.execution();
    story.tell(new Decision.Pause(null, "carl", null));
    story.suggestContinuingAsNew();
    story.pass(Duration.ofMinutes(10));
    assertThat(story.execution()).isNotEqualTo(execution);
    return story;
  }

  @Test
  void whatPeopleAnswerWhileItIsPausedIsNotAskedAnew() {
    try (Story story = pausedAndContinued()) {
      assertThat(story.tell(yes("anna")).sentence()).isEqualTo("gate 'approve' is approved");
      story.pass(Duration.ofMinutes(10));
      story.tell(new Decision.Resume(null, "carl", null));
      story.pass(Duration.ofHours(3));
      assertThat(story.status().outcome()).isEqualTo(Outcome.RECOVERED);
      assertThat(story.note("approve")).isEqualTo("approved by anna (unverified)");
    }
  }

  @Test
  void aQuestionThatExpiresWhileItIsPausedIsAskedAnew() {
    try (Story story = pausedAndContinued()) {
      story.pass(Duration.ofMinutes(25));
      assertThat(story.status().gates().getFirst().round()).isEqualTo(2);
      assertThat(story.tell(yes("anna")).sentence()).isEqualTo("gate 'approve' is approved");
    }
  }

  /** What a recovery took is known for good, also once people are asked about the way back. */
  @Test
  void gatesAndFencesOfAFailbackLeaveTheClocksOfTheRecoveryAlone() {
    RunState serving = serving(Plans.SHOP + FENCED_FAILBACK);
    RunState.Clocks before = serving.clocks();
    assertThat(before.serving()).isNotNull();
    FailoverRequest request =
        Story.request(PlanReader.tree(Plans.SHOP + FENCED_FAILBACK), Mode.OUTAGE);
    RunState undecided =
        serving.with(draft -> {
          draft.phase = Phase.FAILING_BACK;
          draft.clocks =
              RunState.Clocks.beginning(before.impact(), before.declared())
                  .withServing(Objects.requireNonNull(before.serving()));
        });
    try (Story story = Story.resumed(request, undecided)) {
      story.pass(Duration.ofMinutes(1));
      story.tell(new Decision.Approve("return", false, null, "anna", null));
      story.pass(Duration.ofHours(1));

      RunState.Clocks after = story.result().clocks();
      assertThat(after.serving()).isEqualTo(before.serving());
      assertThat(after.decided()).isNotNull();
      assertThat(after.fenced()).isNotNull();
    }
  }

  /** What the failback's gate and first snapshot left behind. */
  private static RunState middleOfAFailback() {
    return serving(Plans.SHOP + FAILBACK)
        .with(draft -> {
          draft.phase = Phase.FAILING_BACK;
          draft.steps.put("return", over("return", Map.of()));
          draft.steps.put(
              "final",
              over(
                  "final",
                  Map.of("snapshot", "arn:aws:rds:us-west-2:123456789012:snapshot:shop-final-1")));
        });
  }

  private static RunState serving(String plan) {
    try (Story story = asked(plan, Script.SMOOTH)) {
      story.tell(yes("anna"));
      story.pass(Duration.ofHours(3));
      return story.status();
    }
  }

  private static StepState over(String id, Map<String, String> outputs) {
    return StepState.pending(id)
        .over(Status.DONE, outputs, java.time.Instant.parse("2026-01-01T00:00:00Z"), null);
  }

  private static RunState throughHistory(RunState state) {
    var converter = DefaultDataConverter.STANDARD_INSTANCE;
    return converter.fromPayload(
        converter.toPayload(state).orElseThrow(), RunState.class, RunState.class);
  }
}
