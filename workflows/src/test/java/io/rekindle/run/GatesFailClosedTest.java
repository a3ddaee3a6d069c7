package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.plan.Mode;
import io.rekindle.plan.PlanReader;
import io.rekindle.rehearse.Script;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.StepState.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A gate that is not opened by those whom it asks, for what it shows them, stays shut. */
class GatesFailClosedTest {
  private static final String QUESTION = "question: \"Fail over?\"";

  private static Story asking(String rules) {
    Story story = Story.of(Plans.shopWith(QUESTION, QUESTION + rules), Script.SMOOTH);
    story.pass(Duration.ofMinutes(1));
    return story;
  }

  private static Decision.Approve yes(@Nullable String who) {
    return new Decision.Approve(null, false, null, who, null);
  }

  private static Decision.Approve yesTo(String shown, String who) {
    return new Decision.Approve("approve", shown, false, List.of(), null, who, null);
  }

  private static String refused(Story story, Decision decision) {
    Ruling ruling = story.tell(decision);
    assertThat(ruling.obeyed()).as(ruling.sentence()).isFalse();
    return ruling.sentence();
  }

  private static Gate gate(Story story) {
    return story.status().gates().getFirst();
  }

  @Nested
  class WhoCounts {
    private static final String WANTED = "gate 'approve' needs to know who agrees: add a name (by)";

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "…"})
    void aNamelessYesDoesNotPassForSomebodyElseThanTheRequester(@Nullable String nobody) {
      try (Story story = asking("")) {
        assertThat(refused(story, yes(nobody))).isEqualTo(WANTED);
        assertThat(gate(story).open()).isTrue();
        assertThat(story.tell(yes("anna")).obeyed()).isTrue();
      }
    }

    @Test
    void anEmptySignalOpensNothing() {
      try (Story story = asking("")) {
        story.signal("approve", Map.of());
        story.pass(Duration.ofMinutes(1));
        assertThat(story.lastRuling().sentence()).isEqualTo(WANTED);
        assertThat(story.step("approve").status()).isEqualTo(Status.ASKING);
      }
    }

    @Test
    void oneNameAndNobodyAreNotTwoPeople() {
      try (Story story = asking(", quorum: 2, requesterMayApprove: true")) {
        story.tell(yes("anna"));
        assertThat(refused(story, yes(null))).isEqualTo(WANTED);
        assertThat(gate(story).open()).isTrue();
      }
    }

    @Test
    void theSameNameWrittenOtherwiseIsTheSamePerson() {
      try (Story story = asking(", quorum: 2")) {
        story.tell(yes("anna"));
        assertThat(refused(story, yes(" Anna "))).isEqualTo("'Anna' agreed already");
        assertThat(refused(story, yes("ASKER")))
            .isEqualTo("'ASKER' started the run and may not approve gate 'approve'");
      }
    }

    @Test
    void whereNoNameMattersNoneIsNeeded() {
      try (Story story = asking(", requesterMayApprove: true")) {
        assertThat(story.tell(yes(null)).obeyed()).isTrue();
      }
    }
  }

  @Nested
  class WhatWasShown {
    /** A story whose first question nobody answered, while its probe is asked again. */
    private static Story reassessing() {
      Story story = asking("");
      story.goDark("us-west-2");
      story.pass(Duration.ofMinutes(30).minusSeconds(60));
      while (story.status().gates().getFirst().expires().isAfter(story.now())) {
        story.pass(Duration.ofSeconds(1));
      }
      return story;
    }

    @Test
    void aYesWhileEvidenceIsTakenAnewIsRefused() {
      try (Story story = reassessing()) {
        Gate before = gate(story);
        assertThat(refused(story, yes("anna")))
            .startsWith("the question at gate 'approve' expired at ")
            .endsWith("the outage is being assessed anew; answer what is shown then");
        assertThat(gate(story).opened()).as("it is not asked anew yet").isEqualTo(before.opened());
        story.pass(Duration.ofMinutes(2));
        assertThat(gate(story).open()).isTrue();
        assertThat(gate(story).round()).isEqualTo(2);
      }
    }

    @Test
    void nobodyMovesTheTimeOfAQuestionThatIsOver() {
      try (Story story = reassessing()) {
        assertThat(refused(story, new Decision.Extend("approve", "30m", null, "anna", null)))
            .startsWith("the question at gate 'approve' expired at ");
      }
    }

    @Test
    void aYesToAnEarlierRoundIsRefusedWithTheNewState() {
      try (Story story = asking("")) {
        String before = gate(story).shown();
        story.pass(Duration.ofMinutes(31));
        assertThat(refused(story, yesTo(before, "anna")))
            .startsWith("that yes is not for what gate 'approve' shows since ")
            .contains("(round 2): probe 'site' is failing: it does not answer; ")
            .contains("'database' restores rehearsed; what was written after ")
            .endsWith("; say yes to " + gate(story).shown());
        assertThat(gate(story).agreed()).isEmpty();
        assertThat(story.tell(yesTo(gate(story).shown(), "anna")).obeyed()).isTrue();
      }
    }

    @Test
    void aYesToWhatWasNeverShownIsRefused() {
      try (Story story = asking("")) {
        assertThat(refused(story, yesTo("00000000", "anna"))).contains("(round 1): ");
      }
    }

    @Test
    void aYesThatDoesNotSayToWhatIsForWhatIsShownNow() {
      try (Story story = asking("")) {
        story.pass(Duration.ofMinutes(31));
        assertThat(story.tell(yes("anna")).obeyed()).isTrue();
      }
    }

    @Test
    void aNoIsHeardAtAnyTime() {
      try (Story story = reassessing()) {
        assertThat(story.tell(new Decision.Reject("approve", "no", "anna", null)).obeyed())
            .isTrue();
        assertThat(story.failure().getType()).isEqualTo("REJECTED");
      }
    }
  }

  @Nested
  class ContinuedAsNew {
    @Test
    void anOpenGateAsksNobodyAgainAndKeepsItsTimes() {
      try (Story story = asking("")) {
        String execution = story.execution();
        StepState step = story.step("approve");
        Gate before = gate(story);
        int messages = story.status().messages();
        story.pass(Duration.ofMinutes(10));
        story.suggestContinuingAsNew();
        story.tell(new Decision.Resume(null, "anna", null));
        story.pass(Duration.ofMinutes(1));

        assertThat(story.execution()).isNotEqualTo(execution);
        assertThat(gate(story)).isEqualTo(before);
        assertThat(story.step("approve")).isEqualTo(step);
        assertThat(story.status().messages()).isEqualTo(messages);
      }
    }

    @Test
    void aGateThatIsNotAskedYetIsWaitedFor() {
      try (Story story = Story.of(Plans.SHOP, Script.SMOOTH.inTheDark("us-west-2"))) {
        story.pass(Duration.ofSeconds(10));
        String execution = story.execution();
        assertThat(story.status().gates()).as("the steps behind it are checked").isEmpty();
        story.suggestContinuingAsNew();
        story.tell(new Decision.Resume(null, "anna", null));
        assertThat(story.execution()).isEqualTo(execution);
        story.pass(Duration.ofMinutes(2));
        assertThat(story.step("approve").status()).isEqualTo(Status.ASKING);
        assertThat(gate(story).round()).isEqualTo(1);
      }
    }
  }

  @Test
  void aQuestionStaysOpenLongEnoughToBeRead() {
    String hasty = Plans.shopWith("expires: 30m", "expires: 1s");
    assertThat(PlanReader.read(PlanReader.tree(hasty)).problems())
        .extracting(problem -> problem.problem().sentence())
        .containsExactly(
            "a question stays open for 1m to 7d, so that people can read what they decide on, in"
                + " failover.approve.with");
    String endless = Plans.shopWith("expires: 30m", "expires: 8d");
    assertThat(PlanReader.read(PlanReader.tree(endless)).problems()).hasSize(1);
  }

  @Test
  void whatCannotBeReadIsNotAskedAndNotOpened() {
    String plan =
        "parameters: { who: { type: string } }\n"
            + Plans.shopWith(QUESTION, QUESTION + ", approvers: [\"${param.who}\"]");
    try (Story story = Story.admitting(Story.request(PlanReader.tree(plan), Mode.OUTAGE))) {
      story.pass(Duration.ofMinutes(1));
      assertThat(story.step("approve").status()).isEqualTo(Status.BLOCKED);
      assertThat(story.note("approve")).contains("${param.who}");
      assertThat(refused(story, yes("anna"))).isEqualTo("no gate is open");
    }
  }
}
