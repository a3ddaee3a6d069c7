package io.rekindle.run;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.rekindle.door.FailoverRequest;
import io.rekindle.door.PlanAdmission;
import io.rekindle.plan.Mode;
import io.rekindle.plan.PlanReader;
import io.rekindle.rehearse.Script;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.StepState.Status;
import io.temporal.common.SearchAttributeKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever the plan and whatever is said: nothing that is sent exceeds a limit of the server, which
 * every story's {@link ServerLimits} sees to, and the run stays visible, answerable and abortable.
 */
class WithinTheServersLimitsTest {
  private static final String ID = "a-step-with-a-name-as-long-as-people-write-them-in-fact-%04d";
  private static final Duration A_WHILE = Duration.ofMinutes(30);

  private static String head(String more) {
    return """
    application: wide
    regions: { primary: us-east-2, recovery: us-west-2 }
    %s
    failover:
      - { id: approve, uses: approval, with: { question: "Fail over?" } }
    """
        .formatted(more);
  }

  private static String wide(int steps, String more) {
    return head(more)
        + IntStream.range(0, steps)
            .mapToObj(i ->
                "  - { id: %s, uses: ecs.scaleService, needs: [approve], with: { cluster: c, service: s, desired: 1 } }%n"
                    .formatted(ID.formatted(i)))
            .collect(joining());
  }

  private static Script allFail(int steps) {
    Script script = Script.SMOOTH;
    for (int i = 0; i < steps; i++) {
      script = script.failing(ID.formatted(i), Script.FOR_GOOD);
    }
    return script;
  }

  private static Story approved(String plan, Script script) {
    Story story = Story.of(plan, script);
    story.pass(Duration.ofMinutes(1));
    assertThat(story.tell(yes("anna")).obeyed()).isTrue();
    story.pass(A_WHILE);
    return story;
  }

  private static Decision.Approve yes(String who) {
    return new Decision.Approve(null, false, null, who, null);
  }

  private static Decision.Retry retry(String step) {
    return new Decision.Retry(step, Map.of(), false, false, null, "anna", null);
  }

  private static String blockedOn(Story story) {
    return String.valueOf(
        story
            .description()
            .getTypedSearchAttributes()
            .get(SearchAttributeKey.forKeyword("RekindleBlockedOn")));
  }

  @Test
  void twoHundredStepsThatAllBlockAreSeenAnsweredAndAborted() {
    try (Story story = approved(wide(200, ""), allFail(200))) {
      assertThat(story.status().steps())
          .filteredOn(step -> step.status() == Status.BLOCKED)
          .hasSize(200);
      assertThat(blockedOn(story))
          .startsWith(ID.formatted(0) + " " + ID.formatted(1))
          .endsWith(" and 197 more")
          .hasSizeLessThanOrEqualTo(255);
      assertThat(story.currentDetails()).contains(ID.formatted(199));

      assertThat(story.tell(retry(ID.formatted(7))).obeyed()).isTrue();
      assertThat(
              story
                  .tell(new Decision.Skip(ID.formatted(9), Map.of(), "not needed", "anna", null))
                  .obeyed())
          .isTrue();
      story.pass(A_WHILE);
      assertThat(story.step(ID.formatted(7)).status()).isEqualTo(Status.BLOCKED);
      assertThat(story.step(ID.formatted(9)).status()).isEqualTo(Status.SKIPPED);

      story.tell(new Decision.Abort(true, "enough", "anna", null));
      assertThat(story.failure().getType()).isEqualTo("ROLLED_BACK");
    }
  }

  @Tag("sweep")
  @Test
  void fiveHundredStepsAndTheirMessagesTakeTurns() {
    String told =
        "notify:\n"
            + "  - { uses: notify.sns, with: { topic: \"arn:aws:sns:us-west-2:123456789012:incidents\" } }\n"
                .repeat(3);
    try (Story story = approved(wide(499, told), allFail(499))) {
      assertThat(story.status().steps())
          .filteredOn(step -> step.status() == Status.BLOCKED)
          .hasSize(499);
      assertThat(story.status().messages()).isGreaterThanOrEqualTo(3 * 500);
      assertThat(mostAtOnce(story)).isLessThanOrEqualTo(1_000);
      story.tell(new Decision.Abort(false, "enough", "anna", null));
      assertThat(story.failure().getType()).isEqualTo("ABORTED");
    }
  }

  private static int mostAtOnce(Story story) {
    int most = 0;
    int now = 0;
    for (var event : story.events()) {
      now +=
          switch (event.getEventType()) {
            case EVENT_TYPE_ACTIVITY_TASK_SCHEDULED -> 1;
            case EVENT_TYPE_ACTIVITY_TASK_COMPLETED,
                EVENT_TYPE_ACTIVITY_TASK_FAILED,
                EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT,
                EVENT_TYPE_ACTIVITY_TASK_CANCELED ->
                -1;
            default -> 0;
          };
      most = Math.max(most, now);
    }
    return most;
  }

  @Tag("sweep")
  @Test
  void aPlanOfAMegabyteThatAllRunsAtOnce() {
    String values =
        IntStream.range(0, 30)
            .mapToObj(i -> "k%d: \"%s\"".formatted(i, "v".repeat(60)))
            .collect(joining(", "));
    String plan =
        head("")
            + IntStream.range(0, 440)
                .mapToObj(i ->
                    "  - { id: s%d, uses: config.publish, needs: [approve], with: { prefix: \"/p%d\", values: { %s } } }%n"
                        .formatted(i, i, values))
                .collect(joining());
    assertThat(plan.length()).isBetween(900_000, PlanReader.LARGEST);
    try (Story story = approved(plan, Script.SMOOTH)) {
      assertThat(story.status().outcome()).isEqualTo(RunState.Outcome.UNVERIFIED);
    }
  }

  @Test
  void whatPeopleSayAtLengthIsRefusedInAFewWords() {
    try (Story story = approved(Plans.SHOP, Script.SMOOTH.failing("database", Script.FOR_GOOD))) {
      String words = "再".repeat(100_000);
      List<Decision> all =
          List.of(
              new Decision.Abort(true, words, "anna", null),
              new Decision.Pause(null, words, null),
              new Decision.Approve(words, false, null, null, null),
              new Decision.Retry(
                  "database", Map.of("class", new TextNode(words)), false, false, null, null, null),
              new Decision.Skip("database", Map.of("instance", words), "so", null, null),
              new Decision.Done(words, Map.of(), words, words, words, words));
      all.forEach(story::signal);
      story.pass(A_WHILE);
      List<Ruling> rulings = story.rulings().reversed().subList(0, all.size());
      assertThat(rulings)
          .allSatisfy(ruling -> {
            assertThat(ruling.obeyed()).isFalse();
            assertThat(ruling.sentence())
                .isEqualTo("the decision is larger than 32,000 bytes; say it in fewer words");
          });
      assertThat(story.step("database").status()).isEqualTo(Status.BLOCKED);
    }
  }

  @Test
  void longWordsThatAreObeyedAreCutWithAWordThatSaysSo() {
    try (Story story = approved(Plans.SHOP, Script.SMOOTH.failing("database", Script.FOR_GOOD))) {
      story.tell(new Decision.Abort(false, "so ".repeat(5_000), "anna", null));
      assertThat(story.failure().getOriginalMessage())
          .startsWith("aborted: so so ")
          .contains("… (15,009 characters in all)");
    }
  }

  @Test
  void outputsThatDoubleFromStepToStepBlockTheStepThatGivesTooMuch() {
    StringBuilder plan =
        new StringBuilder(head(""))
            .append(
                "  - { id: s0, uses: ecs.scaleService, with: { cluster: shop, service: web,"
                    + " desired: 1 } }\n");
    for (int i = 1; i < 40; i++) {
      plan.append(
          "  - { id: s%d, uses: ecs.scaleService, with: { cluster: \"${s%d.cluster}${s%d.cluster}\", service: web, desired: 1 } }\n"
              .formatted(i, i - 1, i - 1));
    }
    try (Story story = approved(plan.toString(), Script.SMOOTH)) {
      story.pass(Duration.ofHours(10));
      assertThat(
              story.status().steps().stream()
                  .filter(step -> step.status() == Status.BLOCKED)
                  .map(StepState::note))
          .singleElement()
          .asString()
          .startsWith("what it gave is too much: ")
          .endsWith("at most 32,000 at a time, and 160,000 in all");
      story.tell(new Decision.Abort(false, "enough", "anna", null));
      assertThat(story.failure().getType()).isEqualTo("ABORTED");
    }
  }

  @Test
  void aRunOnWhoseStepsPeopleTryAgainAndAgainGoesOnInAnotherExecutionThoughOneIsUnderWay() {
    try (Story story =
        approved(
            Plans.SHOP, Script.SMOOTH.failing("workers", Script.FOR_GOOD).slower("database", 2))) {
      assertThat(story.step("database").status()).isEqualTo(Status.RUNNING);
      assertThat(story.step("workers").status()).isEqualTo(Status.BLOCKED);
      String execution = story.execution();
      story.pretendFarTooLongHistories();
      assertThat(story.tell(retry("workers")).obeyed()).isTrue();
      story.pass(Duration.ofMinutes(5));

      assertThat(story.execution()).isNotEqualTo(execution);
      assertThat(story.step("workers").status()).isEqualTo(Status.BLOCKED);
      assertThat(story.step("database").status()).isEqualTo(Status.RUNNING);
      story.tell(new Decision.Skip("workers", Map.of(), "not needed", "anna", null));
      story.pass(Duration.ofDays(4));
      assertThat(story.status().outcome()).isEqualTo(RunState.Outcome.RECOVERED);
      assertThat(story.cloud().repeatedChanges()).isZero();
    }
  }

  @Test
  void aRequestThatIsTooLargeIsRefusedAtTheDoor() {
    ObjectNode plan = PlanReader.tree(Plans.SHOP).deepCopy();
    assertThat(admitted(plan, "x".repeat(20_000)))
        .containsExactly(
            "the options hold 20,016 characters besides the plan; a run takes at most 16,000");
    plan.put("owner", "x".repeat(PlanReader.LARGEST));
    assertThat(admitted(plan, "a test"))
        .containsExactly(
            "the plan is larger than 1 MiB once its aliases are written out, the most a workflow"
                + " can take");
  }

  @Test
  void ofVeryManyProblemsTheFirstAreTold() {
    ObjectNode plan = PlanReader.tree(Plans.SHOP).deepCopy();
    IntStream.range(0, 900).forEach(i -> plan.put("再".repeat(100) + i, i));
    List<String> problems = new ArrayList<>(admitted(plan, "a test"));
    assertThat(problems).hasSize(51);
    assertThat(problems.getLast()).isEqualTo("… and 850 more problems");
    try (Story story = Story.under("failover/shop", plan)) {
      assertThat(story.failure().getType()).isEqualTo("Refused");
      assertThat(story.failure().getOriginalMessage()).contains("characters in all)");
    }
  }

  private static List<String> admitted(ObjectNode plan, String reason) {
    return new PlanAdmission()
        .admit(FailoverRequest.whole(plan, Mode.OUTAGE, Map.of(), reason, null));
  }
}
