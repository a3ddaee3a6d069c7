package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.rekindle.door.FailoverRequest;
import io.rekindle.plan.Mode;
import io.rekindle.plan.PlanReader;
import io.rekindle.rehearse.Script;
import io.rekindle.run.RunState.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A run that is started by hand, without `rekindle`. */
class FrontDoorTest {
  private static Stream<JsonNode> broken() {
    return Stream.of(
        PlanReader.tree(Plans.shopWith("uses: rds.restoreInstance", "uses: rds.restoreInstnce")),
        PlanReader.tree(Plans.shopWith("[service, workers]", "[public]")),
        PlanReader.tree(Plans.shopWith("application: shop", "application: 'not / a name'")),
        PlanReader.tree(Plans.shopWith("recovery: us-west-2", "recovery: []")),
        PlanReader.tree("application: shop"),
        TextNode.valueOf("nonsense"),
        NullNode.getInstance());
  }

  @ParameterizedTest
  @MethodSource("broken")
  void aBrokenPlanFailsAtOnceWithTheSentencesOfValidation(JsonNode plan) {
    try (Story story = Story.under("failover/shop", plan)) {
      assertThat(story.failure().getType()).isEqualTo("Refused");
      assertThat(story.failure().getOriginalMessage().lines())
          .isNotEmpty()
          .containsExactlyElementsOf(
              PlanReader.read(plan).problems().stream()
                  .map(problem -> problem.problem().sentence())
                  .toList());
    }
  }

  private record Sending(String why, Object... input) {
    @Override
    public String toString() {
      return why;
    }
  }

  private static Stream<Sending> garbled() {
    JsonNode plan = PlanReader.tree(Plans.SHOP);
    return Stream.of(
        new Sending("is empty"),
        new Sending("cannot be read: expected fields", "nonsense"),
        new Sending(
            "cannot be read: 'mode' is one of OUTAGE, PLANNED, DRILL",
            Map.of("plan", plan, "mode", "WOMBAT")),
        new Sending(
            "cannot be read: there is no field 'sett'; did you mean 'set'?",
            Map.of("plan", plan, "sett", Map.of("desired", "3"))),
        new Sending(
            "cannot be read: 'impactAt' has a value of another form than is expected",
            Map.of("plan", plan, "impactAt", "yesterday")),
        new Sending("cannot be read: it is no JSON", (Object) new byte[] {1, 2, 3}));
  }

  /** What Temporal itself could not read it would try to read for ever. */
  @ParameterizedTest
  @MethodSource("garbled")
  void whatCannotBeReadIsRefusedWithASentence(Sending sending) {
    try (Story story = Story.sent("failover/shop", sending.input())) {
      assertThat(story.failure().getType()).isEqualTo("Refused");
      assertThat(story.failure().getOriginalMessage())
          .startsWith("The request of the run " + sending.why())
          .endsWith(" (rekindle request writes one)");
    }
  }

  @Test
  void anotherWorkflowIdIsRefused() {
    try (Story story = Story.under("shop", PlanReader.tree(Plans.SHOP))) {
      assertThat(story.failure().getOriginalMessage())
          .isEqualTo("The run of shop has the workflow id failover/shop, which is its lock.");
    }
  }

  @Test
  void optionsThatDoNotFitThePlanAreRefusedAllAtOnce() {
    FailoverRequest wrong =
        new FailoverRequest(
            PlanReader.tree(Plans.SHOP),
            Mode.DRILL,
            "test",
            "us-west-1",
            Map.of("desird", "3"),
            List.of("approve", "database", "databse"),
            Map.of("service", Map.of("x", "y")),
            Map.of("databse", "arn"),
            null,
            null,
            null,
            null,
            false);
    try (Story story = Story.of(wrong, Script.SMOOTH)) {
      assertThat(story.failure().getOriginalMessage().lines())
          .containsExactly(
              "--mode: use outage or planned; a drill is started as a drill",
              "--to: there is no recovery Region 'us-west-1'; did you mean 'us-west-2'?",
              "--set: there is no parameter 'desird'",
              "--without approve: an approval cannot be left out",
              "--without: there is no step 'databse'; did you mean 'database'?",
              "--give service: only steps named by --without take it",
              "--without database: later steps need its outputs; add --give"
                  + " database.instance=VALUE",
              "--point: there is no step that restores data 'databse'; did you mean 'database'?");
    }
  }

  @Test
  void aStepMayBeLeftOutWhenItsOutputsAreGiven() {
    FailoverRequest given =
        new FailoverRequest(
            PlanReader.tree(Plans.SHOP),
            Mode.OUTAGE,
            "test",
            null,
            Map.of(),
            List.of("database"),
            Map.of("database", Map.of("instance", "shop-db-by-hand")),
            Map.of(),
            null,
            null,
            null,
            null,
            false);
    try (Story story = Story.of(given, Script.SMOOTH)) {
      story.pass(Duration.ofMinutes(1));
      story.tell(new Decision.Approve(null, false, null, "anna", null));
      story.pass(Duration.ofHours(3));
      assertThat(story.status().outcome()).isEqualTo(Outcome.RECOVERED);
      assertThat(story.changes()).contains("credentials").doesNotContain("database");
    }
  }

  @Test
  void waitingCostsNoHistory() {
    int quick = eventsOfARestoreThatIs(0.5);
    int slow = eventsOfARestoreThatIs(18);
    assertThat(slow).isEqualTo(quick).isLessThanOrEqualTo(250);
  }

  private static int eventsOfARestoreThatIs(double slower) {
    String plan =
        Plans.shopWith("parameterGroup: shop-mysql8", "parameterGroup: x\n    timeout: 24h")
            + """
              - id: again
                uses: verify.http
                with: { url: "https://shop.example.com/again" }
              - id: more
                uses: ecs.scaleService
                with: { cluster: shop, service: more, desired: 2 }
            """
                .indent(0);
    String inRow = plan.replaceAll("(?m)^    needs: .*\n", "");
    try (Story story = Story.of(inRow, Script.SMOOTH.slower("database", slower))) {
      story.pass(Duration.ofMinutes(1));
      story.tell(new Decision.Approve(null, false, null, "anna", null));
      story.pass(Duration.ofHours(20));
      assertThat(story.status().outcome()).isEqualTo(Outcome.RECOVERED);
      return story.events().size();
    }
  }
}
