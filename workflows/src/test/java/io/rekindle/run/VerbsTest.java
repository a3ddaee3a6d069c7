package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.rekindle.rehearse.Script;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Phase;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.StepState.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every verb, however it is sent. */
class VerbsTest {
  private static final Script STUCK = Script.SMOOTH.failing("database", Script.FOR_GOOD);
  private static final Map<String, String> INSTANCE = Map.of("instance", "by-hand");

  /** A verb, where it may be said, and why it may not be said twice. */
  private enum Verb {
    APPROVE(run -> new Decision.Approve(null, false, null, "anna", run), Verb::gate, "no gate"),
    REJECT(run -> new Decision.Reject(null, "no", "anna", run), Verb::gate, "the run is ending"),
    EXTEND(
        run -> new Decision.Extend(null, "6d23h", "asleep", "anna", run),
        Verb::gate,
        "a gate stays open for at most 7d"),
    RETRY(
        run -> new Decision.Retry("database", Map.of(), false, false, null, "anna", run),
        Verb::blocked,
        "step 'database' already has a decision"),
    SKIP(
        run -> new Decision.Skip("database", INSTANCE, "by hand", "anna", run),
        Verb::blocked,
        "step 'database' already has a decision"),
    DONE(
        run -> new Decision.Done("database", Map.of(), null, "by hand", "anna", run),
        Verb::blocked,
        "step 'database' already has a decision"),
    PAUSE(
        run -> new Decision.Pause("hold on", "anna", run), Verb::gate, "the run is paused already"),
    RESUME(run -> new Decision.Resume(null, "anna", run), Verb::paused, "the run is not paused"),
    ABORT(
        run -> new Decision.Abort(false, "enough", "anna", run),
        Verb::blocked,
        "the run is ending: aborted: enough"),
    CLOSE(run -> new Decision.Close(null, "anna", run), Verb::serving, "the run is closing");

    final Function<@Nullable String, Decision> words;
    final Consumer<Story> situation;
    final String refusal;

    Verb(Function<@Nullable String, Decision> words, Consumer<Story> situation, String refusal) {
      this.words = words;
      this.situation = situation;
      this.refusal = refusal;
    }

    Decision said() {
      return words.apply(null);
    }

    Story story() {
      Story story = Story.of(Plans.SHOP, situationIsStuck() ? STUCK : Script.SMOOTH);
      situation.accept(story);
      return story;
    }

    private boolean situationIsStuck() {
      return List.of(RETRY, SKIP, DONE, ABORT).contains(this);
    }

    private static void gate(Story story) {
      story.pass(Duration.ofMinutes(1));
    }

    private static void paused(Story story) {
      gate(story);
      story.tell(new Decision.Pause(null, "bert", null));
    }

    private static void blocked(Story story) {
      gate(story);
      story.tell(new Decision.Approve(null, false, null, "bert", null));
      story.pass(Duration.ofMinutes(30));
      assertThat(story.step("database").status()).isEqualTo(Status.BLOCKED);
    }

    private static void serving(Story story) {
      gate(story);
      story.tell(new Decision.Approve(null, false, null, "bert", null));
      story.pass(Duration.ofHours(3));
      assertThat(story.status().phase()).isEqualTo(Phase.SERVING);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isRecordedWhenItIsASignal(Verb verb) {
    try (Story story = verb.story()) {
      story.signal(verb.said());
      story.pass(Duration.ofSeconds(1));
      Ruling ruling = story.lastRuling();
      assertThat(ruling.verb()).isEqualTo(verb.said().verb());
      assertThat(ruling.by()).isEqualTo("anna");
      assertThat(ruling.obeyed()).as(ruling.sentence()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void waitsForAWorkerAndIsRefusedTheSecondTime(Verb verb) {
    try (Story story = verb.story()) {
      story.stopWorkers();
      story.signal(verb.said());
      story.signal(verb.said());
      story.startWorkers();
      story.pass(Duration.ofSeconds(1));
      List<Ruling> two = story.rulings().reversed().subList(0, 2);
      assertThat(two.getLast().obeyed()).as(two.getLast().sentence()).isTrue();
      assertThat(two.getFirst().obeyed()).isFalse();
      assertThat(two.getFirst().sentence()).startsWith(verb.refusal);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isRefusedByAnotherRunAndAnsweredByItsOwn(Verb verb) {
    try (Story story = verb.story()) {
      RunState before = story.status();
      Ruling ruling = story.tell(verb.words.apply("ffffff"));
      assertThat(ruling.obeyed()).isFalse();
      assertThat(ruling.sentence())
          .isEqualTo("this decision is for run ffffff; the open run of shop is " + before.run());
      assertThat(story.status().steps()).isEqualTo(before.steps());
      Ruling own = story.tell(verb.words.apply(before.run()));
      assertThat(own.obeyed()).as(own.sentence()).isTrue();
      assertThat(story.lastRuling()).isEqualTo(own);
    }
  }

  @Test
  void areRefusedWithTheReasonWhereTheyMakeNoSense() {
    try (Story story = Story.of(Plans.SHOP, Script.SMOOTH)) {
      story.pass(Duration.ofMinutes(1));
      assertThat(refusal(story, new Decision.Approve("aprove", false, null, "anna", null)))
          .isEqualTo("there is no gate 'aprove'; the open gate is approve");
      assertThat(refusal(story, retry("databse", Map.of())))
          .isEqualTo("there is no step 'databse'; did you mean 'database'?");
      assertThat(refusal(story, retry("database", Map.of())))
          .isEqualTo("step 'database' is pending, not blocked");
      assertThat(refusal(story, new Decision.Skip("database", Map.of(), "no", "anna", null)))
          .isEqualTo("step 'database' is pending, not blocked");
      assertThat(refusal(story, new Decision.Done("database", Map.of(), null, "no", "anna", null)))
          .isEqualTo("step 'database' is pending, not blocked");
      assertThat(refusal(story, new Decision.Resume(null, "anna", null)))
          .isEqualTo("the run is not paused");
      assertThat(refusal(story, new Decision.Close(null, "anna", null)))
          .isEqualTo("only a recovered run can be closed; this one is waiting");
      assertThat(refusal(story, new Decision.Failback(NullNode.getInstance(), null, "anna", null)))
          .isEqualTo(
              "only an application that serves from the recovery Region can be brought back; this"
                  + " run is waiting");
      assertThat(story.rulings()).hasSize(8).noneMatch(Ruling::obeyed);
    }
  }

  @Test
  void areRefusedWhileItServes() {
    try (Story story = Verb.CLOSE.story()) {
      assertThat(refusal(story, new Decision.Abort(false, "late", "anna", null)))
          .startsWith("the application already serves");
      assertThat(refusal(story, new Decision.Approve(null, false, null, "anna", null)))
          .isEqualTo("no gate is open");
      assertThat(refusal(story, new Decision.Approve("approve", false, null, "anna", null)))
          .isEqualTo("gate 'approve' is closed already");
    }
  }

  @Test
  void extendMovesTheTimeAtWhichAGateAsksAnew() {
    try (Story story = Verb.EXTEND.story()) {
      Gate before = story.status().gates().getFirst();
      Ruling ruling = story.tell(new Decision.Extend("approve", "30m", null, "anna", null));
      assertThat(ruling.sentence()).startsWith("gate 'approve' is open until ");
      story.pass(Duration.ofMinutes(45));
      Gate after = story.status().gates().getFirst();
      assertThat(after.opened()).as("nobody was asked anew").isEqualTo(before.opened());
      assertThat(after.expires()).isEqualTo(before.expires().plus(Duration.ofMinutes(30)));
      story.pass(Duration.ofMinutes(20));
      assertThat(story.status().gates().getFirst().opened()).isAfter(after.expires());
      assertThat(refusal(story, new Decision.Extend("approve", "soon", null, "anna", null)))
          .startsWith("say how much longer, as in 30m: ");
      for (String eternity : List.of("8d", "1000000000000d", "99999999999999999999d")) {
        assertThat(refusal(story, new Decision.Extend("approve", eternity, null, "anna", null)))
            .isNotBlank();
      }
    }
  }

  @Test
  void doNoHarmWhenHalfOfThemIsMissing() {
    try (Story story = Verb.RETRY.story()) {
      for (String verb : List.of("retry", "skip", "done")) {
        story.signal(verb, Map.of());
        story.pass(Duration.ofSeconds(1));
        assertThat(story.lastRuling().sentence()).isEqualTo("name a step");
      }
      story.signal("retry", "nonsense");
      story.signal("approve", NullNode.getInstance());
      story.pass(Duration.ofSeconds(1));
      assertThat(story.lastRuling().obeyed()).isFalse();
      assertThat(story.tell(new Decision.Abort(false, "enough", "anna", null)).obeyed()).isTrue();
    }
  }

  @Test
  void pauseHoldsWhatIsNextAndResumeGoesOn() {
    try (Story story = Verb.PAUSE.story()) {
      story.tell(new Decision.Pause(null, "anna", null));
      story.tell(new Decision.Approve(null, false, null, "anna", null));
      story.pass(Duration.ofHours(5));
      assertThat(story.changes()).isEmpty();
      story.tell(new Decision.Resume(null, "anna", null));
      story.pass(Duration.ofHours(3));
      assertThat(story.status().outcome()).isEqualTo(Outcome.RECOVERED);
    }
  }

  @Test
  void pauseCostsNoBudgetAndLetsGoOnWhatIsUnderWay() {
    try (Story story = Verb.PAUSE.story()) {
      story.tell(new Decision.Approve(null, false, null, "anna", null));
      while (!story.changes().contains("database")) {
        story.pass(Duration.ofSeconds(10));
      }
      story.tell(new Decision.Pause(null, "anna", null));
      story.pass(Duration.ofHours(9));
      assertThat(story.step("database").status()).isEqualTo(Status.DONE);
      assertThat(story.changes()).doesNotContain("credentials");
      story.tell(new Decision.Resume(null, "anna", null));
      story.pass(Duration.ofHours(3));
      assertThat(story.status().outcome()).isEqualTo(Outcome.RECOVERED);
    }
  }

  @Test
  void closeEndsTheRunAndLeavesTheApplicationWhereItIs() {
    try (Story story = Verb.CLOSE.story()) {
      List<String> changes = story.changes();
      story.tell(new Decision.Close("moved for good", "anna", null));
      assertThat(story.result().outcome()).isEqualTo(Outcome.RECOVERED);
      assertThat(story.result().clocks().closed()).isNotNull();
      assertThat(story.changes()).isEqualTo(changes);
    }
  }

  static Decision.Retry retry(String step, Map<String, JsonNode> set) {
    return new Decision.Retry(step, set, false, false, null, "anna", null);
  }

  private static String refusal(Story story, Decision decision) {
    Ruling ruling = story.tell(decision);
    assertThat(ruling.obeyed()).as(ruling.sentence()).isFalse();
    return ruling.sentence();
  }
}
