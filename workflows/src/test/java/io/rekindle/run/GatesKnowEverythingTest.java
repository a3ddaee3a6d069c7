package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.rekindle.action.Failures.FailureClass;
import io.rekindle.action.Readiness.RecoveryPoint;
import io.rekindle.action.Verb;
import io.rekindle.rehearse.Script;
import io.rekindle.run.Finding.Verdict;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.StepState.Status;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Every step behind a gate is checked before somebody says yes; what fails is accepted by name, and
 * a yes is for what was shown.
 */
class GatesKnowEverythingTest {
  private static Story asking(Script script) {
    return asking(Plans.SHOP, script);
  }

  private static Story asking(String plan, Script script) {
    Story story = Story.of(plan, script);
    story.pass(Duration.ofMinutes(1));
    assertThat(story.step("approve").status()).isEqualTo(Status.ASKING);
    return story;
  }

  /** The shop's plan with one more service behind its own, before traffic is moved. */
  private static String scaling(String step, String service) {
    return Plans.shopWith(
        "  - id: dns\n",
        """
          - id: %s
            uses: ecs.scaleService
            with: { cluster: shop, service: %s, desired: 4 }
          - id: dns
        """
            .formatted(step, service));
  }

  private static Decision.Approve yes(String who, String... accepted) {
    return yesTo(null, who, accepted);
  }

  private static Decision.Approve yesTo(@Nullable String shown, String who, String... accepted) {
    return new Decision.Approve("approve", shown, false, Arrays.asList(accepted), null, who, null);
  }

  private static String refused(Story story, Decision decision) {
    Ruling ruling = story.tell(decision);
    assertThat(ruling.obeyed()).as(ruling.sentence()).isFalse();
    return ruling.sentence();
  }

  private static Gate gate(Story story) {
    return story.status().gates().getFirst();
  }

  private static Finding finding(Story story, String step) {
    return story.status().findings().stream()
        .filter(finding -> finding.step().equals(step))
        .findFirst()
        .orElseThrow();
  }

  @Nested
  class EveryCheck {
    @Test
    void everyStepBehindTheGateIsChecked() {
      try (Story story = asking(Script.SMOOTH.withUnready("dns"))) {
        assertThat(story.status().findings())
            .extracting(Finding::step, Finding::verdict)
            .containsExactlyInAnyOrder(
                tuple("fence", Verdict.PASS),
                tuple("workers", Verdict.PASS),
                tuple("database", Verdict.PASS),
                tuple("credentials", Verdict.LATER),
                tuple("service", Verdict.PASS),
                tuple("dns", Verdict.FAIL),
                tuple("public", Verdict.LATER));
      }
    }

    @Test
    void whatIsToldByLaterOutputsSaysSo() {
      try (Story story = asking(Script.SMOOTH)) {
        assertThat(finding(story, "credentials").says())
            .isEqualTo("it takes fields from 'database'");
        assertThat(finding(story, "public").says()).isEqualTo("it looks at what 'dns' changes");
      }
    }

    @Test
    void anAccessThatIsDeniedFailsAndADarkRegionIsNotKnown() {
      Script denied =
          Script.SMOOTH.failing(
              "dns", new Script.Failing(Script.FOR_GOOD, FailureClass.ACCESS, Verb.CHECK));
      try (Story story = asking(denied.inTheDark("us-east-2"))) {
        assertThat(finding(story, "dns").verdict()).isEqualTo(Verdict.FAIL);
        assertThat(finding(story, "dns").says()).contains("ACCESS");
        assertThat(finding(story, "fence").verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(finding(story, "fence").says()).contains("no answer");
        story.tell(yes("anna", "check:dns"));
        assertThat(gate(story).open()).as("nobody has to accept what nobody knows").isFalse();
      }
    }

    @Test
    void whatAnEarlierStepChangesIsNotHeldAgainstALaterOne() {
      String plan = scaling("more", "web");
      try (Story story = asking(plan, Script.SMOOTH.withUnready("more"))) {
        assertThat(finding(story, "more").verdict()).isEqualTo(Verdict.LATER);
        assertThat(finding(story, "more").says())
            .isEqualTo("it is not ready, as the script says; 'service' changes that before");
        assertThat(story.tell(yes("anna")).obeyed()).isTrue();
      }
    }

    @Test
    void whatAnEarlierStepChangesBesideItIsNoExcuse() {
      String plan = scaling("mail", "mail");
      try (Story story = asking(plan, Script.SMOOTH.withUnready("mail"))) {
        assertThat(finding(story, "mail").verdict()).isEqualTo(Verdict.FAIL);
      }
    }

    @Test
    void theGateIsOpenWithinTwentySecondsThoughNobodyAnswers() {
      try (Story story = Story.of(Plans.SHOP, Script.SMOOTH.inTheDark("us-west-2", "us-east-2"))) {
        story.pass(Duration.ofSeconds(45));
        Gate gate = gate(story);
        assertThat(Duration.between(story.step("approve").started(), gate.opened()))
            .isLessThanOrEqualTo(Duration.ofSeconds(21));
      }
    }
  }

  @Nested
  class AcceptedByName {
    @Test
    void aYesThatDoesNotNameWhatFailsIsRefusedWithWhatToDo() {
      try (Story story = asking(Script.SMOOTH.withUnready("dns", "service"))) {
        assertThat(refused(story, yes("anna", "check:dns")))
            .isEqualTo(
                "mend what fails, or say yes and accept check:service by name: check:service fails:"
                    + " it is not ready, as the script says");
        assertThat(gate(story).agreed()).isEmpty();
        assertThat(story.tell(yes("anna", "check:dns", "check:service")).obeyed()).isTrue();
        story.pass(Duration.ofHours(3));
        assertThat(story.note("approve"))
            .isEqualTo("approved by anna (unverified); accepted: check:dns, check:service");
        assertThat(story.status().outcome()).isEqualTo(Outcome.RECOVERED);
      }
    }

    @Test
    void eachWhoSaysYesAcceptsIt() {
      String question = "question: \"Fail over?\"";
      String plan = Plans.shopWith(question, question + ", quorum: 2");
      try (Story story = asking(plan, Script.SMOOTH.withUnready("dns"))) {
        story.tell(yes("anna", "check:dns"));
        assertThat(refused(story, yes("bert"))).contains("accept check:dns by name");
        assertThat(story.tell(yes("bert", "check:dns")).obeyed()).isTrue();
      }
    }

    @Test
    void aNameThatNothingHasIsNoAcceptance() {
      try (Story story = asking(Script.SMOOTH.withUnready("dns"))) {
        assertThat(refused(story, yes("anna", "check:dsn")))
            .isEqualTo("gate 'approve' shows no 'check:dsn'; did you mean 'check:dns'?");
      }
    }

    @Test
    void byHandOneNameNeedsNoBrackets() {
      try (Story story = asking(Script.SMOOTH.withUnready("dns"))) {
        story.signal("approve", Map.of("by", "anna", "accept", "check:dns"));
        story.pass(Duration.ofSeconds(1));
        assertThat(story.lastRuling().obeyed()).as(story.lastRuling().sentence()).isTrue();
      }
    }

    @Test
    void whatWasMendedNeedNotBeAccepted() {
      try (Story story = asking(Script.SMOOTH.withUnready("dns"))) {
        String shown = gate(story).shown();
        story.cloud().mend("dns");
        story.pass(Duration.ofMinutes(5));
        assertThat(finding(story, "dns").verdict()).isEqualTo(Verdict.PASS);
        assertThat(gate(story).shown()).as("nobody minds").isEqualTo(shown);
        assertThat(story.tell(yesTo(shown, "anna", "check:dns")).obeyed()).isTrue();
      }
    }
  }

  @Nested
  class AYesIsForWhatWasShown {
    private static final Duration CHECKED_AGAIN = Duration.ofMinutes(5);

    @Test
    void anotherRecoveryPointMakesItAYesToSomethingElse() {
      try (Story story = asking(Script.SMOOTH)) {
        String before = gate(story).shown();
        story.cloud().backUp("snapshot-2");
        story.pass(CHECKED_AGAIN);
        assertThat(refused(story, yesTo(before, "anna")))
            .contains("(round 2): 'database' restores snapshot-2 of ")
            .endsWith(", no longer rehearsed; say yes to " + gate(story).shown());
        assertThat(story.tell(yesTo(gate(story).shown(), "anna")).obeyed()).isTrue();
        story.pass(Duration.ofHours(3));
        assertThat(story.status().pins().values())
            .extracting(RecoveryPoint::id)
            .containsExactly("snapshot-2");
      }
    }

    @Test
    void aNewFailureMakesItAYesToSomethingElse() {
      try (Story story = asking(Script.SMOOTH)) {
        String before = gate(story).shown();
        story.cloud().becomeUnready("service");
        story.pass(CHECKED_AGAIN);
        assertThat(refused(story, yesTo(before, "anna", "check:service")))
            .contains("(round 2): check:service fails: it is not ready, as the script says; say ");
      }
    }

    @Test
    void whoAgreedToWhatWasShownBeforeIsAskedAgainAndTold() {
      String question = "question: \"Fail over?\"";
      String plan =
          Plans.shopWith(question, question + ", quorum: 2")
              .replace(
                  "assess:",
                  "notify:\n  - { uses: notify.sns, with: { topic:"
                      + " \"arn:aws:sns:us-west-2:123456789012:dr\" } }\nassess:");
      try (Story story = asking(plan, Script.SMOOTH)) {
        story.tell(yes("anna"));
        int told = story.status().messages();
        Gate before = gate(story);
        story.cloud().backUp("snapshot-2");
        story.pass(CHECKED_AGAIN);
        assertThat(gate(story).agreed()).isEmpty();
        assertThat(gate(story).expires()).as("its time stays").isEqualTo(before.expires());
        assertThat(story.status().messages()).isEqualTo(told + 1);
      }
    }

    @Test
    void aYesWithoutANameIsRefusedForTenSecondsAfterAChange() {
      try (Story story = asking(Script.SMOOTH)) {
        story.cloud().backUp("snapshot-2");
        while (gate(story).round() == 1) {
          story.pass(Duration.ofSeconds(2));
        }
        assertThat(refused(story, yes("anna")))
            .startsWith("that yes is not for what gate 'approve' shows since ");
        story.pass(Duration.ofSeconds(10));
        assertThat(story.tell(yes("anna")).obeyed()).isTrue();
      }
    }

    @Test
    void theFirstQuestionIsNoChange() {
      try (Story story = Story.of(Plans.SHOP, Script.SMOOTH)) {
        while (story.status().gates().isEmpty()) {
          story.pass(Duration.ofSeconds(1));
        }
        assertThat(story.tell(yes("anna")).obeyed()).isTrue();
      }
    }

    @Test
    void anotherGateThatShowsTheSameStepsShowsTheChangeToo() {
      String plan =
          Plans.shopWith(
              "  - id: fence\n",
              """
                - id: legal
                  uses: approval
                  needs: [approve]
                  with: { question: "May the data go there?", expires: 4m }
                - id: security
                  uses: approval
                  needs: [approve]
                  with: { question: "Is it no attack?" }
                - id: fence
                  needs: [legal, security]
              """);
      try (Story story = asking(plan, Script.SMOOTH)) {
        story.tell(yes("anna"));
        story.pass(Duration.ofMinutes(1));
        List<Gate> before = story.status().gates().stream().filter(Gate::open).toList();
        story.cloud().backUp("snapshot-2");
        story.pass(Duration.ofSeconds(200));
        assertThat(story.status().gates().stream().filter(Gate::open))
            .hasSize(2)
            .allMatch(gate -> gate.round() == 2)
            .allSatisfy(gate -> {
              assertThat(gate.difference()).contains("'database' restores snapshot-2");
              assertThat(before).extracting(Gate::shown).doesNotContain(gate.shown());
            });
      }
    }
  }

  @Nested
  class OnTheWay {
    @Test
    void aYesWhileItIsCheckedAgainIsObeyedAtOnce() {
      try (Story story = asking(Script.SMOOTH)) {
        story.goDark("us-west-2");
        story.pass(CHECKING_AGAIN);
        assertThat(story.tell(yes("anna")).obeyed()).isTrue();
        story.pass(Duration.ofSeconds(2));
        assertThat(story.step("fence").status()).isEqualTo(Status.RUNNING);
      }
    }

    private static final Duration CHECKING_AGAIN = Duration.ofSeconds(4 * 60 + 5);
  }
}
