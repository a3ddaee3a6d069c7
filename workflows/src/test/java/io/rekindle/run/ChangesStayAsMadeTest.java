package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.rekindle.action.ActionCall;
import io.rekindle.plan.Mode;
import io.rekindle.plan.PlanReader;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.StepState.Work;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A change is undone, told of and reported with the fields, the generation and the former state it
 * was made with, whatever was corrected since.
 */
class ChangesStayAsMadeTest {
  private static final String PLAN =
      """
      application: shop
      regions: { primary: us-east-2, recovery: us-west-2 }
      failover:
        - { id: approve, uses: approval, with: { question: "Fail over?" } }
        - id: service
          uses: ecs.scaleService
          with: { cluster: shop, service: wrong, desired: 2 }
        - id: smoke
          uses: verify.http
          with: { url: "https://shop.example.com/health" }
      """;
  private static final Map<String, Integer> BEFORE = Map.of("wrong", 7, "right", 5);
  private static Stage stage;

  @BeforeAll
  static void open() {
    stage = new EmbeddedStage();
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  /** A run in which the service comes up, or not, and nothing answers afterwards. */
  private record Shop(RunningServices services, WorkflowStub run) {
    static Shop failedOver(RunningServices services) {
      stage.crew().set(services::execute, Long.MAX_VALUE);
      WorkflowStub run =
          stage.start("failover/shop", Story.request(PlanReader.tree(PLAN), Mode.OUTAGE));
      Shop shop = new Shop(services, run);
      stage.pass(Duration.ofMinutes(1));
      shop.tell(new Decision.Approve(null, false, null, "anna", null));
      return shop;
    }

    private Ruling tell(Decision decision) {
      Ruling ruling = run.update(decision.verb(), Ruling.class, decision);
      assertThat(ruling.obeyed()).as(ruling.sentence()).isTrue();
      stage.pass(Duration.ofMinutes(1));
      return ruling;
    }

    void retry(Map<String, JsonNode> set, boolean anew) {
      tell(new Decision.Retry("service", set, anew, false, null, "anna", null));
    }

    StepState service() {
      return run.query("status", RunState.class).steps().stream()
          .filter(step -> step.id().equals("service"))
          .findFirst()
          .orElseThrow();
    }

    ApplicationFailure rolledBack() {
      tell(new Decision.Abort(true, "enough", "anna", null));
      try {
        throw new AssertionError("it did not fail: " + run.getResult(RunState.class));
      } catch (WorkflowFailedException failed) {
        return (ApplicationFailure) Objects.requireNonNull(failed.getCause());
      }
    }
  }

  private static Shop onTheWrongService() {
    return Shop.failedOver(new RunningServices(BEFORE).withBroken("wrong"));
  }

  private static Map<String, JsonNode> service(String name) {
    return Map.of("service", TextNode.valueOf(name));
  }

  @Test
  void rollbackTakesBackWhatWasMadeOnEachThingNewestFirst() {
    Shop shop = onTheWrongService();
    shop.retry(service("right"), false);
    assertThat(shop.services().counts()).isEqualTo(Map.of("wrong", 2, "right", 2));

    ApplicationFailure end = shop.rolledBack();

    assertThat(shop.services().counts()).isEqualTo(BEFORE);
    assertThat(shop.services().undone())
        .extracting(RunningServices::service)
        .containsExactly("right", "wrong");
    assertThat(end.getType()).isEqualTo("ROLLED_BACK");
    assertThat(end.getOriginalMessage()).isEqualTo("aborted: enough; all changes were undone");
  }

  @Test
  void eachGenerationIsTakenBackWithItsOwnFields() {
    Shop shop = onTheWrongService();
    shop.retry(service("right"), true);

    shop.rolledBack();

    assertThat(shop.services().counts()).isEqualTo(BEFORE);
    assertThat(shop.services().undone())
        .extracting(call -> call.key().generation() + " " + RunningServices.service(call))
        .containsExactly("2 right", "1 wrong");
  }

  @Test
  void whatIsCorrectedOnTheSameThingGoesBackToWhatItWasAtFirst() {
    Shop shop = onTheWrongService();
    shop.retry(Map.of("desired", IntNode.valueOf(3)), false);
    assertThat(shop.services().counts()).containsEntry("wrong", 3);

    shop.rolledBack();

    assertThat(shop.services().counts()).isEqualTo(BEFORE);
  }

  @Test
  void aHandlerIsToldOnlyWhatWasMadeOfItsOwnThing() {
    Shop shop = onTheWrongService();
    shop.retry(service("right"), false);

    assertThat(shop.service().outputs()).containsEntry("former", "5");
    assertThat(shop.services().looks())
        .filteredOn(call -> RunningServices.service(call).equals("right"))
        .allSatisfy(call ->
            assertThat(call.made()).allMatch(due -> due.before().equals(Map.of("count", "5"))));
    shop.rolledBack();
  }

  @Test
  void whoTookOverOneThingHasNotTakenOverAnother() {
    Shop shop = onTheWrongService();
    shop.tell(new Decision.Retry("service", Map.of(), false, true, null, "anna", null));
    shop.retry(Map.of("desired", IntNode.valueOf(3)), false);
    shop.retry(service("right"), false);

    assertThat(shop.services().looks())
        .filteredOn(call -> RunningServices.service(call).equals("wrong"))
        .extracting(ActionCall::adopt)
        .startsWith(false)
        .endsWith(true);
    assertThat(shop.services().looks())
        .filteredOn(call -> RunningServices.service(call).equals("right"))
        .isNotEmpty()
        .noneMatch(ActionCall::adopt);
    shop.rolledBack();
  }

  @Test
  void whatWasAnsweredWithOtherFieldsIsNoAnswer() {
    Shop shop = onTheWrongService();
    shop.retry(Map.of("desired", IntNode.valueOf(3)), false);

    ActionCall first =
        shop.services().looks().stream()
            .filter(call -> call.with().path("desired").asInt() == 3)
            .findFirst()
            .orElseThrow();
    assertThat(first.answered()).isEmpty();
    assertThat(first.made()).hasSize(1);
    shop.rolledBack();
  }

  @Test
  void theStateKeepsTheFieldsOfEveryChange() {
    Shop shop = onTheWrongService();
    shop.retry(service("right"), false);

    assertThat(shop.service().former()).extracting(Work::corrected).containsExactly(Map.of());
    assertThat(shop.service().work().corrected()).isEqualTo(service("right"));
    shop.rolledBack();
  }

  @Test
  void whatCouldNotBeTakenBackIsNamedAsItWasMade() {
    Shop shop = onTheWrongService();
    shop.retry(service("right"), false);
    shop.services().lock("wrong");

    ApplicationFailure end = shop.rolledBack();

    assertThat(end.getType()).isEqualTo("ABORTED");
    assertThat(end.getOriginalMessage())
        .startsWith("aborted: enough; could not undo: service made with the fields of the plan: ")
        .contains("wrong is locked");
    assertThat(shop.services().counts()).isEqualTo(Map.of("wrong", 2, "right", 5));
  }
}
