package io.rekindle.action.aws.lambda;

import static io.rekindle.action.aws.lambda.SetConcurrencyTest.why;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.SimulatedAws;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.compute.Lambda;
import io.rekindle.simulator.function.Code;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;

class InvokeTest extends ActionContract<Lambda.Invoke> {
  private final LambdaWorld here = new LambdaWorld(in(HERE, LambdaClient::builder));
  private final List<String> received = new CopyOnWriteArrayList<>();

  @BeforeEach
  void nothingWasReceived() {
    received.clear();
  }

  @Override
  protected ActionHandler<Lambda.Invoke> handler() {
    return new Invoke();
  }

  @Override
  protected String with() {
    return "{ function: 'shop', payload: { task: 'warm' }, expect: { status: 'ok' } }";
  }

  @Override
  protected Set<String> repeatable() {
    return Set.of("Invoke");
  }

  @Override
  protected void world() {
    here.function("shop", Map.of());
    runs(call -> "{\"status\":\"ok\",\"warmed\":12}");
  }

  private void runs(Code code) {
    SimulatedAws.aws()
        .functions()
        .runs(
            "shop",
            call -> {
              received.add(call.payload());
              return code.run(call);
            });
  }

  private static String waiting(Runnable asking) {
    ApplicationFailure waiting = catchThrowableOfType(ApplicationFailure.class, asking::run);
    assertThat(waiting.getType()).isEqualTo(Failures.IN_PROGRESS);
    return waiting.getOriginalMessage();
  }

  private String waitingFor(Code code) {
    runs(code);
    StepDriver step = step();
    Due due = step.due();
    return waiting(() -> step.apply(due));
  }

  @Test
  void givesThePayloadAndWhoAsks() {
    given();
    step().settled();
    assertThat(received)
        .containsExactly(
            "{\"task\":\"warm\",\"rekindle\":{\"application\":\"shop\",\"run\":\"a1b2c3\","
                + "\"step\":\"it\",\"generation\":1,\"attempt\":1}}");
  }

  /** The cost of a wrong retry: the function runs twice, and knows it by all but the attempt. */
  @Test
  void aRepetitionAfterALostAnswerIsKnownByItsPayload() {
    given();
    StepDriver step = step();
    Due due = step.due();
    loseAnswers(due);
    ApplicationFailure lost = catchThrowableOfType(ApplicationFailure.class, () -> step.apply(due));
    assertThat(lost.getType()).isEqualTo(Failures.UNREACHABLE);
    mend();
    step.applyAgain(due);
    assertThat(received).hasSize(2);
    assertThat(received.get(1)).isEqualTo(received.get(0).replace(":1}}", ":2}}"));
  }

  @Test
  void startingOverIsAnotherGeneration() {
    given();
    step().settled();
    step().generation(2).settled();
    assertThat(received.get(1)).contains("\"generation\":2,\"attempt\":1");
  }

  @Test
  void whatItReturnedIsTheOutput() {
    given();
    assertThat(step().settled().outputs())
        .isEqualTo(Map.of("result", "{\"status\":\"ok\",\"warmed\":12}"));
  }

  /** What a history holds is bounded. */
  @Test
  void aLongResultIsComparedWholeAndThenCut() {
    given();
    runs(call -> "{\"text\":\"" + "x".repeat(100_000) + "\",\"status\":\"ok\"}");
    assertThat(step().settled().outputs().get("result"))
        .hasSizeLessThan(4100)
        .endsWith("... (cut: it has 100025 characters)");
  }

  @Test
  void aFunctionThatReturnsNothingReturnsNull() {
    given();
    runs(call -> "null");
    assertThat(step("{ function: 'shop' }").settled().outputs())
        .isEqualTo(Map.of("result", "null"));
  }

  @Test
  void anErrorOfTheFunctionIsSaidAndTheNextAttemptInvokesAgain() {
    given();
    assertThat(
            waitingFor(call -> {
              throw new IllegalStateException("no stock");
            }))
        .isEqualTo("the function shop in us-west-2 failed: IllegalStateException, \"no stock\"");
    runs(call -> "{\"status\":\"ok\"}");
    step().settled();
    assertThat(received).hasSize(2);
  }

  @Test
  void anotherResultIsWaitedFor() {
    given();
    assertThat(waitingFor(call -> "{\"status\":\"started\"}"))
        .isEqualTo(
            "the function shop in us-west-2 returned the field 'status' = \"started\", expected is"
                + " 'ok'");
    assertThat(waitingFor(call -> "[1]")).contains("returned no field 'status'");
    assertThat(waitingFor(call -> "no JSON")).contains("returned no field 'status'");
  }

  @Test
  void aNumberIsComparedAsItIsWritten() {
    given();
    step("{ function: 'shop', expect: { warmed: '12' } }").settled();
  }

  @Test
  void anAliasRunsTheVersionThatItPointsTo() {
    instantly(() -> {
      here.function("shop", Map.of("EPOCH", "1"));
      here.alias("shop", "live");
      here.set("shop", Map.of("EPOCH", "2"));
    });
    runs(call -> "{\"epoch\":" + call.environment().get("EPOCH") + "}");
    step("{ function: 'shop', alias: 'live', expect: { epoch: '1' } }").settled();
    step("{ function: 'shop', expect: { epoch: '2' } }").settled();
  }

  @Test
  void theFirstInvocationOfOneThatWasIdleWakesIt() {
    given();
    here.fallsIdle(HERE, "shop");
    StepDriver step = step();
    assertThat(step.check().ready()).isFalse();
    Due due = step.due();
    ApplicationFailure asleep =
        catchThrowableOfType(ApplicationFailure.class, () -> step.apply(due));
    assertThat(asleep.isNonRetryable()).isFalse();
    assertThat(asleep.getOriginalMessage()).contains("ResourceNotReadyException");
    step.settled();
    assertThat(received).hasSize(1);
  }

  /** A fence of ours or of somebody else's; the budget ends it. */
  @Test
  void aFunctionThatMayNotRunIsAskedAgain() {
    given();
    here.reserve("shop", 0);
    StepDriver step = step();
    Due due = step.due();
    ApplicationFailure throttled =
        catchThrowableOfType(ApplicationFailure.class, () -> step.apply(due));
    assertThat(throttled.isNonRetryable()).isFalse();
    assertThat(throttled.getOriginalMessage()).contains("TooManyRequestsException");
    assertThat(received).isEmpty();
  }

  @Test
  void aFunctionThatIsBeingMadeIsWaitedFor() {
    here.function("shop", Map.of());
    assertThat(waiting(() -> step().observe())).contains("is 'Pending'");
    pass(Duration.ofMinutes(5));
    assertThat(step().due().change()).isEqualTo("invoke");
  }

  @Test
  void asksForWhatExists() {
    assertThat(why(step().observe())).isEqualTo("the function shop in us-west-2 does not exist");
    assertThat(step().check().ready()).isFalse();
    given();
    assertThat(why(step("{ function: 'shop', alias: 'live' }").observe()))
        .isEqualTo("the alias or version live of the function shop in us-west-2 does not exist");
  }

  @Test
  void theCheckSaysThatItMayAnswerTooLate() {
    given();
    here.lambda().updateFunctionConfiguration(it -> it.functionName("shop").timeout(60));
    assertThat(step().check().evidence())
        .isEqualTo(
            "the function shop in us-west-2 is 'Active'; it may take 60 seconds, and only what it"
                + " answers within 25 counts");
  }
}
