package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.ActionCall;
import io.rekindle.action.Observation;
import io.rekindle.plan.Mode;
import io.rekindle.plan.PlanReader;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.StepState.Status;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A change that does not last, because something else takes it back at once. */
class BudgetTest {
  private static final String PLAN =
      """
      application: shop
      regions: { primary: us-east-2, recovery: us-west-2 }
      failover:
        - { id: approve, uses: approval, with: { question: "Fail over?" } }
        - { id: service, uses: ecs.scaleService, timeout: 10m, with: { cluster: shop, service: web, desired: 2 } }
      """;

  private static @Nullable Object dueForEver(ActionCall call) {
    String type = Activity.getExecutionContext().getInfo().getActivityType();
    return type.endsWith(".observe") ? new Observation.Due("scale", Map.of()) : null;
  }

  @Test
  void isMadeEverMoreSeldomUntilTheStepAsks() {
    try (Stage stage = new EmbeddedStage()) {
      stage.crew().set(arguments -> dueForEver(arguments.get(0, ActionCall.class)), Long.MAX_VALUE);
      WorkflowStub run =
          stage.start("failover/shop", Story.request(PlanReader.tree(PLAN), Mode.OUTAGE));
      stage.pass(Duration.ofMinutes(1));
      run.update("approve", Ruling.class, new Decision.Approve(null, false, null, "anna", null));
      stage.pass(Duration.ofHours(2));

      StepState service = run.query("status", RunState.class).steps().getLast();
      assertThat(service.status()).isEqualTo(Status.BLOCKED);
      assertThat(service.note())
          .isEqualTo("not done within 10m: the change 'scale' was not made yet");
      assertThat(service.work().answered()).containsExactly("scale");
      assertThat(stage.client().fetchHistory("failover/shop").getEvents()).hasSizeLessThan(500);
    }
  }
}
