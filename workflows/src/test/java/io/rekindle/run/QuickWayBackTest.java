package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Failures.FailureClass;
import io.rekindle.action.Verb;
import io.rekindle.plan.PlanReader;
import io.rekindle.rehearse.Script;
import io.rekindle.rehearse.Script.Failing;
import io.rekindle.run.RunState.Health;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Phase;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.StepState.Status;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A failover that cannot be verified after traffic moved is not stuck: it goes home. */
class QuickWayBackTest {
  private static final String COUNTED =
      """
        - id: counted
          uses: verify.tables
          with:
            url: "jdbc:mysql://${database.endpoint}:3306/shop"
            secret: "${credentials.secret}"
            tables: all
      """;

  private static final String PLAN =
      Plans.SHOP_AND_BACK.replace("  - id: service\n", COUNTED + "  - id: service\n");

  /** Users are in the recovery Region, and nothing shows that they are served. */
  private static final Script STUCK = Script.SMOOTH.failing("public", Script.FOR_GOOD);

  private static Decision goHome(String... accepted) {
    return new Decision.Failback(null, Arrays.asList(accepted), "it does not serve", "anna", null);
  }

  private static Story stuck(String plan, Script script) {
    Story story = Story.of(plan, script);
    story.pass(Duration.ofMinutes(1));
    story.tell(new Decision.Approve(null, true, null, "bert", null));
    story.pass(Duration.ofHours(3));
    assertThat(story.status().phase()).isEqualTo(Phase.RECOVERING);
    assertThat(story.step("public").status()).isEqualTo(Status.BLOCKED);
    return story;
  }

  private static void assertStays(Story story) {
    assertThat(story.status().phase()).isEqualTo(Phase.RECOVERING);
    assertThat(story.status().ending()).isNull();
    assertThat(story.undone()).isEmpty();
  }

  private static Ruling refused(Story story, Decision decision) {
    Ruling ruling = story.tell(decision);
    assertThat(ruling.obeyed()).as(ruling.sentence()).isFalse();
    assertStays(story);
    return ruling;
  }

  @Nested
  class WithoutWrites {
    @Test
    void trafficGoesHomeFirstThenWhatServesStopsThenFencesAreLifted() {
      try (Story story = stuck(PLAN, STUCK)) {
        Ruling obeyed = story.tell(goHome());
        assertThat(obeyed.obeyed()).as(obeyed.sentence()).isTrue();
        assertThat(obeyed.sentence())
            .matches(
                "traffic goes home to us-east-2 first; then what the failover did is undone;"
                    + " 'database' took no writes: 'counted' reads the same as before traffic"
                    + " moved, at \\S+Z");
        RunState end = story.result();
        assertThat(end.outcome()).isEqualTo(Outcome.FAILED_BACK);
        assertThat(end.doubt()).isNull();
        assertThat(story.undone().stream().distinct())
            .containsExactly("dns", "service", "credentials", "workers", "fence", "database");
        assertThat(end.ending())
            .isEqualTo(
                "brought back to us-east-2: it does not serve; all changes were undone; kept:"
                    + " database: its last state, in a final snapshot");
      }
    }

    @Test
    void theClocksSayThatItCameHomeAndNeverServedElsewhere() {
      try (Story story = stuck(PLAN, STUCK)) {
        story.tell(goHome());
        RunState.Clocks clocks = story.result().clocks();
        assertThat(clocks.serving()).isNull();
        assertThat(clocks.returning()).isNotNull();
        assertThat(clocks.home()).isAfter(clocks.returning());
      }
    }

    @Test
    void theProbesAreShownAsTheyAreAtHome() {
      try (Story story = stuck(PLAN, STUCK)) {
        story.tell(goHome());
        assertThat(story.result().evidence())
            .extracting(RunState.Evidence::verdict)
            .containsExactly(Health.FAILING);
      }
    }
  }

  @Nested
  class WithWrites {
    private Story written() {
      Story story = stuck(PLAN, STUCK);
      story.cloud().show("counted", "tables", "visits=3:aaaaaaaaaaaaaaaa:1a2b3c4d");
      return story;
    }

    @Test
    void itIsRefusedWithWhatWasFoundAndWhatAcceptsIt() {
      try (Story story = written()) {
        assertThat(refused(story, goHome()).sentence())
            .isEqualTo(
                "what was written in us-west-2 would not come along; say that it may be lost, and"
                    + " it stays in a final snapshot: `rekindle failback shop --accept"
                    + " writes:database`; 'database' has taken writes: visits has 3 rows instead of"
                    + " 2");
      }
    }

    @Test
    void whoAcceptsTheLossByNameGoesHomeAndTheLastStateStays() {
      try (Story story = written()) {
        assertThat(story.tell(goHome("writes:database")).obeyed()).isTrue();
        assertThat(story.result().outcome()).isEqualTo(Outcome.FAILED_BACK);
        assertThat(story.result().ending())
            .startsWith(
                "brought back to us-east-2: it does not serve; accepted: writes:database; all"
                    + " changes were undone; kept: database: ");
      }
    }

    @Test
    void anotherNameAcceptsNothing() {
      try (Story story = written()) {
        assertThat(refused(story, goHome("writes:datbase")).sentence())
            .isEqualTo("there is no 'writes:datbase' to accept; did you mean 'writes:database'?");
      }
    }
  }

  /** What nobody read before traffic moved proves nothing. */
  @Nested
  class Unproven {
    @Test
    void withoutSuchAStep() {
      try (Story story = stuck(Plans.SHOP_AND_BACK, STUCK)) {
        assertThat(refused(story, goHome()).sentence())
            .endsWith(
                "nothing proves that 'database' took no writes: no step compared whole tables"
                    + " of it, with all their rows, before traffic moved");
      }
    }

    @Test
    void countedRowsMayHaveBeenChanged() {
      String counting = PLAN.replace("tables: all\n", "tables: all\n      countOnly: true\n");
      try (Story story = stuck(counting, STUCK)) {
        assertThat(refused(story, goHome()).sentence()).contains("nothing proves that 'database'");
      }
    }

    @Test
    void whatCannotBeReadNow() {
      try (Story story = stuck(PLAN, STUCK)) {
        story.goDark("us-west-2");
        assertThat(refused(story, goHome()).sentence())
            .contains(
                "whether 'database' took writes is not known, because 'counted' cannot read it");
      }
    }
  }

  @Nested
  class Refused {
    @Test
    void whileThePrimaryRegionDoesNotAnswer() {
      try (Story story = stuck(PLAN, STUCK)) {
        story.goDark("us-east-2");
        assertThat(refused(story, goHome()).sentence()).startsWith("us-east-2 does not answer");
      }
    }

    @Test
    void whileAFenceDoesNotHold() {
      try (Story story = stuck(PLAN, STUCK.inTheDark("us-east-2"))) {
        assertThat(refused(story, goHome("writes:database")).sentence())
            .startsWith("the fence 'fence' does not hold yet");
        story.comeBack("us-east-2");
        story.pass(Duration.ofMinutes(5));
        assertThat(story.tell(goHome()).obeyed()).isTrue();
        assertThat(story.result().outcome()).isEqualTo(Outcome.FAILED_BACK);
      }
    }

    @Test
    void beforeTrafficHasMoved() {
      try (Story story = Story.of(PLAN, Script.SMOOTH.failing("dns", Script.FOR_GOOD))) {
        story.pass(Duration.ofMinutes(1));
        story.tell(new Decision.Approve(null, true, null, "bert", null));
        story.pass(Duration.ofHours(3));
        assertThat(refused(story, goHome()).sentence())
            .isEqualTo("traffic has not moved: abort with rollback undoes what was done so far");
      }
    }

    @Test
    void withAnotherPlan() {
      try (Story story = stuck(PLAN, STUCK)) {
        Decision other =
            new Decision.Failback(PlanReader.tree(PLAN), List.of(), null, "anna", null);
        assertThat(refused(story, other).sentence()).contains("leave the plan out");
      }
    }

    /** It would stay where nothing serves any more. */
    @Test
    void whereTrafficWasMovedByHandUntilSomebodyTookItHome() {
      try (Story story = Story.of(PLAN, STUCK.failing("dns", Script.FOR_GOOD))) {
        story.pass(Duration.ofMinutes(1));
        story.tell(new Decision.Approve(null, true, null, "bert", null));
        story.pass(Duration.ofHours(3));
        story.tell(new Decision.Skip("dns", Map.of(), "moved by hand", "anna", null));
        story.pass(Duration.ofMinutes(5));
        assertThat(refused(story, goHome()).sentence())
            .isEqualTo(
                "the run did not move the traffic of 'dns' itself, so it cannot take it home; take"
                    + " it home by hand, then say so: `rekindle failback shop --accept"
                    + " traffic:dns`");
        assertThat(story.tell(goHome("traffic:dns", "writes:database")).obeyed()).isTrue();
        assertThat(story.result().outcome()).isEqualTo(Outcome.FAILED_BACK);
        assertThat(story.undone()).doesNotContain("dns").contains("service", "database");
      }
    }
  }

  /** Between the look and the way home there are users. */
  @Test
  void whatIsWrittenOnTheWayHomeIsSaid() {
    Script slowly = STUCK.failing("dns", new Failing(3, FailureClass.RETRY, Verb.UNDO));
    try (Story story = stuck(PLAN, slowly)) {
      assertThat(story.tell(goHome()).obeyed()).isTrue();
      story.cloud().show("counted", "tables", "visits=3:aaaaaaaaaaaaaaaa:1a2b3c4d");
      RunState end = story.result();
      assertThat(end.outcome()).isEqualTo(Outcome.UNVERIFIED);
      assertThat(end.doubt())
          .isEqualTo(
              "'database' has taken writes: visits has 3 rows instead of 2; seen when users had"
                  + " gone home, its last state is kept");
      assertThat(end.ending()).contains("kept: database: its last state, in a final snapshot");
    }
  }

  /** Nothing is taken from under users who could not be taken home. */
  @Test
  void whereTrafficStaysAllElseStays() {
    Script stays =
        STUCK.failing("dns", new Failing(Script.FOR_GOOD, FailureClass.ACCESS, Verb.UNDO));
    try (Story story = stuck(PLAN, stays)) {
      assertThat(story.tell(goHome()).obeyed()).isTrue();
      assertThat(story.failure().getOriginalMessage())
          .startsWith("brought back to us-east-2: it does not serve; could not undo: dns: ")
          .contains("database: as it is, because users may be there");
      assertThat(story.failure().getType()).isEqualTo("ABORTED");
      assertThat(story.undone()).isEmpty();
    }
  }

  @Test
  void whereNothingSeesUsersArriveItIsUnverified() {
    try (Story story = stuck(PLAN, STUCK.failing("home-public", Script.FOR_GOOD))) {
      story.tell(goHome());
      RunState end = story.result();
      assertThat(end.outcome()).isEqualTo(Outcome.UNVERIFIED);
      assertThat(end.doubt())
          .isEqualTo(
              "'home-public', which verifies, did not succeed; nothing verified that users arrive"
                  + " at the primary Region");
    }
  }

  @Test
  void aPlanWithoutAWayBackIsVerifiedByItsProbes() {
    String plan = PLAN.substring(0, PLAN.indexOf("failback:"));
    try (Story story = stuck(plan, STUCK.withHealthy("site"))) {
      assertThat(story.tell(goHome()).obeyed()).isTrue();
      assertThat(story.result().outcome()).isEqualTo(Outcome.FAILED_BACK);
    }
  }
}
