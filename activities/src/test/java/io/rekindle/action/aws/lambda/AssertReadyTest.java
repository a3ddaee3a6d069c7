package io.rekindle.action.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.LookContract;
import io.rekindle.action.aws.SimulatedAws;
import io.rekindle.plan.step.compute.Lambda;
import io.rekindle.simulator.fake.Tempo;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.LambdaException;

class AssertReadyTest extends LookContract<Lambda.AssertReady> {
  private final LambdaWorld here = new LambdaWorld(in(HERE, LambdaClient::builder));

  @Override
  protected ActionHandler<Lambda.AssertReady> handler() {
    return new AssertReady();
  }

  @Override
  protected String with() {
    return "{ functions: ['shop', 'worker'] }";
  }

  @Override
  protected void given() {
    tempo()
        .instantly(() -> {
          here.function("shop", Map.of());
          here.function("worker", Map.of());
          return true;
        });
  }

  private static Tempo tempo() {
    return SimulatedAws.aws().tempo();
  }

  private String why() {
    assertThat(step().check().ready()).isFalse();
    return ((Broken) step().observe()).why();
  }

  private String waiting() {
    ApplicationFailure waiting = failure(step());
    assertThat(waiting.getType()).isEqualTo(Failures.IN_PROGRESS);
    assertThat(step().check().ready()).isFalse();
    return waiting.getOriginalMessage();
  }

  @Test
  void aFunctionThatIsBeingMadeIsWaitedFor() {
    here.function("shop", Map.of());
    here.function("worker", Map.of());
    assertThat(waiting()).contains("the function shop in us-west-2 is 'Pending'", "worker");
    tempo().pass(Duration.ofMinutes(5));
    assertThat(step().settled().outputs()).containsEntry("ready", "2");
  }

  @Test
  void anUpdateIsWaitedFor() {
    given();
    here.set("worker", Map.of("A1", "1"));
    assertThat(waiting())
        .isEqualTo("the function worker in us-west-2 is 'Active' and its last update 'InProgress'");
  }

  @Test
  void anUpdateThatFailedSaysWhy() {
    given();
    tempo().endsAs("UpdateFunctionConfiguration", "Failed");
    tempo()
        .instantly(() -> {
          here.set("worker", Map.of("A1", "1"));
          return true;
        });
    assertThat(why())
        .isEqualTo(
            "the last update of the function worker in us-west-2 is 'Failed':"
                + " SubnetOutOfIPAddresses, The subnet has no free addresses.");
  }

  @Test
  void oneThatWasIdleForWeeksFailsItsFirstInvocationAndIsReadyAfterwards() {
    given();
    here.fallsIdle(HERE, "shop");
    assertThat(why()).contains("shop in us-west-2 is 'Inactive'", "invoke it once", "then retry");
    assertThatThrownBy(() -> here.lambda().invoke(it -> it.functionName("shop")))
        .isInstanceOf(LambdaException.class);
    assertThat(waiting()).contains("is 'Pending'");
    tempo().pass(Duration.ofMinutes(5));
    step().settled();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Failed", "ActiveNonInvocable", "Deactivating", "Deactivated", "Deleting"})
  void whatCannotBeInvokedAsksAPerson(String state) {
    given();
    tempo().endsAs("CreateFunction", state);
    assertThat(why()).contains("is '" + state + "'", "then retry");
  }

  @Test
  void aStateThatNobodyKnowsYetIsWaitedForAndSaid() {
    SeenFunction function =
        new SeenFunction(
            "it",
            GetFunctionConfigurationResponse.builder()
                .state("Warming")
                .lastUpdateStatus("Successful")
                .build());
    assertThat(function.isReady()).isFalse();
    assertThat(function.loss()).isEmpty();
    assertThat(function.progress()).contains("is 'Warming'");
  }

  @Test
  void allThatIsMissingIsNamedAtOnce() {
    assertThat(why())
        .isEqualTo(
            "the function shop in us-west-2 does not exist; the function worker in us-west-2 does"
                + " not exist");
  }

  @Test
  void theCheckSaysHowManyCanBeInvoked() {
    given();
    assertThat(step().check().evidence()).isEqualTo("all 2 functions in us-west-2 can be invoked");
  }
}
