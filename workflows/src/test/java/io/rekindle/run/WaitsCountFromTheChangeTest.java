package io.rekindle.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rekindle.action.ActionCall;
import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Readiness;
import io.rekindle.action.Verb;
import io.rekindle.plan.Mode;
import io.rekindle.plan.PlanReader;
import io.temporal.activity.Activity;
import io.temporal.activity.DynamicActivity;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.EncodedValues;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whoever looks at a change is told when it was made at the latest, and what AWS calls it: however
 * often it is looked at, and whoever asks for the look, the same time is waited for.
 */
class WaitsCountFromTheChangeTest {
  private static final String PLAN =
      """
      application: shop
      regions: { primary: us-east-2, recovery: us-west-2 }
      failover:
        - { id: approve, uses: approval, with: { question: "Fail over?" } }
        - id: dns
          uses: route53.upsert
          with: { zone: Z0123456789ABCDEFGHIJ, record: shop.example.com, values: 192.0.2.2 }
        - id: smoke
          uses: verify.http
          with: { url: "https://shop.example.com/health" }
      """;
  private static final String RECEIPT = "C0123456789";
  private static Stage stage;

  @BeforeAll
  static void open() {
    stage = new EmbeddedStage();
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  /** A record that is due until it was asked for, and that nobody finds right afterwards. */
  private static final class Zone implements DynamicActivity {
    private final List<ActionCall> looks = new ArrayList<>();
    private final boolean answers;

    Zone(boolean answers) {
      this.answers = answers;
    }

    synchronized List<ActionCall> looksAfterwards() {
      return looks.stream().filter(look -> !look.made().isEmpty()).toList();
    }

    @Override
    public synchronized @Nullable Object execute(EncodedValues arguments) {
      ActionCall call = arguments.get(0, ActionCall.class);
      String type = Activity.getExecutionContext().getInfo().getActivityType();
      String verb = type.substring(type.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
      return switch (Verb.valueOf(verb)) {
        case OBSERVE -> observe(call);
        case APPLY -> apply();
        case UNDO -> null;
        case CHECK -> new Readiness(true, "it is there", null);
      };
    }

    private Observation observe(ActionCall call) {
      looks.add(call);
      return call.made().isEmpty()
          ? new Due("upsert", Map.of())
          : new Broken("somebody must look at it");
    }

    private String apply() {
      if (!answers) {
        throw Failures.lasting("ACCESS", "nobody knows what became of it");
      }
      return RECEIPT;
    }
  }

  private static WorkflowStub failedOver(Zone zone) {
    stage.crew().set(zone, Long.MAX_VALUE);
    WorkflowStub run =
        stage.start("failover/shop", Story.request(PlanReader.tree(PLAN), Mode.OUTAGE));
    stage.pass(Duration.ofMinutes(1));
    tell(run, new Decision.Approve(null, false, null, "anna", null));
    return run;
  }

  private static void tell(WorkflowStub run, Decision decision) {
    assertThat(run.update(decision.verb(), RunState.Ruling.class, decision).obeyed()).isTrue();
    stage.pass(Duration.ofMinutes(1));
  }

  private static void end(WorkflowStub run) {
    tell(run, new Decision.Abort(false, "enough", "anna", null));
  }

  @Test
  void everyLookIsToldTheSameTimeAndTheSameReceipt() {
    Zone zone = new Zone(true);
    Instant begun = stage.now();
    WorkflowStub run = failedOver(zone);
    stage.pass(Duration.ofHours(1));
    tell(run, new Decision.Done("dns", Map.of(), null, "by hand", "anna", null));
    tell(run, new Decision.Retry("dns", Map.of(), false, false, null, "anna", null));
    assertThat(zone.looksAfterwards())
        .hasSizeGreaterThan(2)
        .allSatisfy(
            look -> assertThat(look.receipts()).containsExactly(Map.entry("upsert", RECEIPT)))
        .extracting(ActionCall::changed)
        .doesNotContainNull()
        .containsOnly(zone.looksAfterwards().getFirst().changed());
    assertThat(Objects.requireNonNull(zone.looksAfterwards().getLast().changed()))
        .isCloseTo(begun, within(3, ChronoUnit.MINUTES));
    end(run);
  }

  @Test
  void aChangeThatNobodyAnsweredCountsFromWhenItWasGivenUp() {
    Zone zone = new Zone(false);
    WorkflowStub run = failedOver(zone);
    tell(run, new Decision.Retry("dns", Map.of(), false, false, null, "anna", null));
    assertThat(zone.looksAfterwards())
        .isNotEmpty()
        .allSatisfy(look -> assertThat(look.receipts()).isEmpty())
        .allSatisfy(look -> assertThat(look.changed()).isNotNull().isBefore(look.now()));
    end(run);
  }
}
