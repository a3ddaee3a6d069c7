package io.rekindle.action.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.compute.Lambda;
import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** The fence: nothing runs any more. */
class SetConcurrencyTest extends ActionContract<Lambda.SetConcurrency> {
  private final LambdaWorld here = new LambdaWorld(in(HERE, LambdaClient::builder));

  @Override
  protected ActionHandler<Lambda.SetConcurrency> handler() {
    return new SetConcurrency();
  }

  @Override
  protected String with() {
    return "{ function: 'shop', concurrency: { reserved: 0 } }";
  }

  @Override
  protected void world() {
    here.function("shop", Map.of());
    here.reserve("shop", 20);
  }

  static String why(Observation seen) {
    assertThat(seen).isInstanceOf(Broken.class);
    return ((Broken) seen).why();
  }

  private StepDriver unreserved() {
    return step("{ function: 'shop', concurrency: { unreserved: true } }");
  }

  /** Histories hold these words: what is in progress must stay readable. */
  @Test
  void recordsTheFormerConcurrency() {
    given();
    assertThat(step().due()).isEqualTo(new Due("set", Map.of("count", "20")));
  }

  @Test
  void nothingRunsAnyMoreUntilItIsUndone() {
    given();
    StepDriver step = step();
    step.settled();
    assertThat(here.reserved("shop")).contains(0);
    step.undo();
    assertThat(here.reserved("shop")).contains(20);
  }

  /** To take one for the other would open the fence, or close it. */
  @Test
  void noneIsNotZero() {
    instantly(() -> here.function("shop", Map.of()));
    StepDriver step = step();
    assertThat(step.due()).isEqualTo(new Due("set", Map.of()));
    step.settled();
    assertThat(here.reserved("shop")).contains(0);
    step.undo();
    assertThat(here.reserved("shop")).isEmpty();
    assertThat(changes()).containsExactly("PutFunctionConcurrency", "DeleteFunctionConcurrency");
  }

  @Test
  void zeroIsPutBackAsZero() {
    instantly(() -> here.function("shop", Map.of()));
    here.reserve("shop", 0);
    StepDriver step = unreserved();
    assertThat(step.due()).isEqualTo(new Due("set", Map.of("count", "0")));
    step.settled();
    assertThat(here.reserved("shop")).isEmpty();
    step.undo();
    assertThat(here.reserved("shop")).contains(0);
  }

  @Test
  void whatIsSoAlreadyIsSettled() {
    instantly(() -> here.function("shop", Map.of()));
    unreserved().settled();
    assertThat(changes()).isEmpty();
  }

  @Test
  void undoLeavesAloneWhatSomebodyElseSetMeanwhile() {
    given();
    StepDriver step = step();
    step.settled();
    here.reserve("shop", 7);
    ApplicationFailure refused =
        catchThrowableOfType(ApplicationFailure.class, () -> step.undoOnce());
    assertThat(refused.isNonRetryable()).isTrue();
    assertThat(refused.getOriginalMessage()).contains("to 7 since", "by hand (20)");
  }

  @Test
  void moreThanTheAccountHasIsRefusedInAwssWords() {
    given();
    StepDriver step = step("{ function: 'shop', concurrency: { reserved: 950 } }");
    Due due = step.due();
    ApplicationFailure refused =
        catchThrowableOfType(ApplicationFailure.class, () -> step.apply(due));
    assertThat(refused.isNonRetryable()).isTrue();
    assertThat(refused.getOriginalMessage()).contains("below its minimum value of [100]");
  }

  @Test
  void asksForAFunctionThatExists() {
    assertThat(why(step().observe())).isEqualTo("the function shop in us-west-2 does not exist");
    assertThat(step().check().ready()).isFalse();
  }

  @Test
  void theCheckSaysWhatIsSet() {
    given();
    assertThat(step().check().evidence())
        .isEqualTo(
            "the reserved concurrency of the function shop in us-west-2 is 20 and can be set to 0");
  }
}
