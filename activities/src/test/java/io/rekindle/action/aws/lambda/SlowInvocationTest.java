package io.rekindle.action.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.ActionWorld;
import io.rekindle.action.aws.SimulatedAws;
import io.rekindle.plan.step.compute.Lambda;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;

@Tag("sweep")
class SlowInvocationTest extends ActionWorld<Lambda.Invoke> {
  /** Longer than any other request may take. */
  private static final Duration LONG = Duration.ofSeconds(12);

  @Override
  protected ActionHandler<Lambda.Invoke> handler() {
    return new Invoke();
  }

  @Override
  protected String with() {
    return "{ function: 'shop' }";
  }

  @Override
  protected void world() {
    new LambdaWorld(in(HERE, LambdaClient::builder)).function("shop", Map.of());
    SimulatedAws.aws()
        .functions()
        .runs(
            "shop",
            call -> {
              Thread.sleep(LONG);
              return "true";
            });
  }

  @Test
  void anAnswerMayTakeLongerThanThatOfOtherRequests() {
    given();
    assertThat(step().settled().outputs()).isEqualTo(Map.of("result", "true"));
    assertThat(changes()).containsExactly("Invoke");
  }
}
