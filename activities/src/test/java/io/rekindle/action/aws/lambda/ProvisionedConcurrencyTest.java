package io.rekindle.action.aws.lambda;

import static io.rekindle.action.aws.lambda.SetConcurrencyTest.why;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.compute.Lambda;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** The environments of an alias that are kept warm. */
class ProvisionedConcurrencyTest extends ActionContract<Lambda.SetConcurrency> {
  private static final String PUT = "PutProvisionedConcurrencyConfig";
  private static final String DELETE = "DeleteProvisionedConcurrencyConfig";

  private final LambdaWorld here = new LambdaWorld(in(HERE, LambdaClient::builder));

  @Override
  protected ActionHandler<Lambda.SetConcurrency> handler() {
    return new SetConcurrency();
  }

  @Override
  protected String with() {
    return warm(3);
  }

  private static String warm(int count) {
    return "{ function: 'shop', concurrency: { provisioned: %d, alias: 'live' } }".formatted(count);
  }

  @Override
  protected void world() {
    here.function("shop", Map.of());
    here.alias("shop", "live");
  }

  @Test
  void waitsUntilTheyAreWarm() {
    given();
    StepDriver step = step();
    step.apply(step.due());
    ApplicationFailure waiting = catchThrowableOfType(ApplicationFailure.class, step::observe);
    assertThat(waiting.getType()).isEqualTo(Failures.IN_PROGRESS);
    assertThat(waiting.getOriginalMessage())
        .isEqualTo(
            "the provisioned concurrency of the alias or version live of the function shop in"
                + " us-west-2 is 'IN_PROGRESS'");
    pass(Duration.ofMinutes(6));
    step.settled();
    assertThat(changes()).containsExactly(PUT);
  }

  @Test
  void zeroRemovesTheSettingAndUndoPutsItBack() {
    given();
    instantly(() -> here.warm("shop", "live", 5));
    StepDriver step = step(warm(0));
    assertThat(step.due()).isEqualTo(new Due("set", Map.of("count", "5")));
    step.settled();
    step.undo();
    assertThat(changes()).containsExactly(DELETE, PUT);
    step().settled();
  }

  @Test
  void whatFailedSaysWhyAndStartingOverTriesAgain() {
    given();
    endsAs(PUT, "FAILED");
    assertThat(why(step().reconcile()))
        .contains("is 'FAILED': FUNCTION_ERROR_INIT_FAILURE", "retry --anew");
    endsAs(PUT, "");
    step().generation(2).settled();
    assertThat(changes()).containsExactly(PUT, PUT);
  }

  @Test
  void asksForAnAliasThatExists() {
    instantly(() -> here.function("shop", Map.of()));
    assertThat(why(step().observe()))
        .isEqualTo("the alias or version live of the function shop in us-west-2 does not exist");
    assertThat(step().check().ready()).isFalse();
  }
}
