package io.rekindle.action.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.SimulatedAws;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.compute.Lambda;
import io.rekindle.simulator.wire.Request;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;

class ConfigureTest extends ActionContract<Lambda.Configure> {
  private static final String UPDATE = "UpdateFunctionConfiguration";
  private static final String SECRET = "hunter2-hunter2";
  private static final Map<String, String> BEFORE =
      Map.of("DB_HOST", "db.us-east-2", "API_KEY", SECRET);
  private static final Map<String, String> AFTER =
      Map.of("DB_HOST", "db.us-west-2", "API_KEY", SECRET, "EPOCH", "2");

  private final LambdaWorld here = new LambdaWorld(in(HERE, LambdaClient::builder));

  @Override
  protected ActionHandler<Lambda.Configure> handler() {
    return new Configure();
  }

  @Override
  protected String with() {
    return "{ function: 'shop', environment: { DB_HOST: 'db.us-west-2', EPOCH: '2' } }";
  }

  @Override
  protected void world() {
    here.function("shop", BEFORE);
  }

  private static String why(Observation seen) {
    assertThat(seen).isInstanceOf(Broken.class);
    return ((Broken) seen).why();
  }

  private static ApplicationFailure failure(Runnable asking) {
    return catchThrowableOfType(ApplicationFailure.class, asking::run);
  }

  private static String waiting(Runnable asking) {
    ApplicationFailure waiting = failure(asking);
    assertThat(waiting.getType()).isEqualTo(Failures.IN_PROGRESS);
    return waiting.getOriginalMessage();
  }

  @Test
  void allOtherVariablesStay() {
    given();
    step().settled();
    assertThat(here.variables("shop")).isEqualTo(AFTER);
    assertThat(changes()).containsExactly(UPDATE);
  }

  /** Histories hold these words: what is in progress must stay readable. */
  @Test
  void recordsTheFormerValuesOfItsOwnVariablesOnly() {
    given();
    assertThat(step().due())
        .isEqualTo(new Due("configure", Map.of("DB_HOST", "db.us-east-2", ":new", "EPOCH")));
  }

  @Test
  void whatOthersHoldReachesNeitherHistoryNorOutputsNorSentences() {
    given();
    StepDriver step = step();
    assertThat(step.due().toString() + step.check() + step.settled()).doesNotContain(SECRET);
  }

  /** AWS's own refusal repeats every value that was sent. */
  @Test
  void tooManyVariablesAreNotSentSoThatNoRefusalRepeatsThem() {
    instantly(() -> here.function("shop", Map.of("API_KEY", SECRET, "LONG", "x".repeat(4050))));
    assertThat(why(step().observe()))
        .contains("would take 4", "bytes, and Lambda allows 4096", "remove some")
        .doesNotContain(SECRET);
    assertThat(step().check().ready()).isFalse();
    step().apply(new Due("configure", Map.of()));
    assertThat(changes()).isEmpty();
  }

  @Test
  void whatTakesExactlyTheLimitIsSent() {
    int others = "{\"DB_HOST\":\"db.us-west-2\",\"EPOCH\":\"2\",\"LONG\":\"\"}".length();
    instantly(() -> here.function("shop", Map.of("LONG", "x".repeat(4096 - others))));
    step().settled();
  }

  /** To replace what cannot be read would remove all of it. */
  @Test
  void variablesThatTheKeyHidesAreNotReplaced() {
    given();
    endsAs("GetFunctionConfiguration", "AccessDeniedException");
    StepDriver step = step();
    assertThat(why(step.observe()))
        .contains(
            "does not show the environment variables", "AccessDeniedException", "kms:Decrypt");
    assertThat(step.check().ready()).isFalse();
    step.apply(new Due("configure", Map.of()));
    assertThat(changes()).isEmpty();
    assertThat(failure(step::undoOnce).getOriginalMessage()).contains("kms:Decrypt");
    endsAs("GetFunctionConfiguration", "");
    assertThat(here.variables("shop")).isEqualTo(BEFORE);
  }

  @Test
  void waitsUntilTheUpdateIsSuccessful() {
    given();
    StepDriver step = step();
    step.apply(step.due());
    assertThat(waiting(step::observe)).contains("its last update 'InProgress'");
    pass(Duration.ofMinutes(1));
    assertThat(step.settled().outputs())
        .containsEntry("arn", "arn:aws:lambda:us-west-2:123456789012:function:shop")
        .containsEntry("revision", here.look("shop").revisionId());
  }

  @Test
  void somebodyElsesUpdateComesFirst() {
    given();
    StepDriver step = step();
    Due due = step.due();
    here.set("shop", Map.of("DB_HOST", "db.us-east-2", "OTHER", "1"));
    assertThat(waiting(step::observe)).contains("'InProgress'");
    assertThat(waiting(() -> step.apply(due))).contains("'InProgress'");
    assertThat(changes()).isEmpty();
    step.settled();
    assertThat(here.variables("shop"))
        .isEqualTo(Map.of("DB_HOST", "db.us-west-2", "EPOCH", "2", "OTHER", "1"));
  }

  /** The cost of a wrong retry: the second of two writers would take away what the first wrote. */
  @Test
  void whatSomebodyWroteSinceTheLookIsNeverOverwritten() {
    given();
    StepDriver step = step();
    Due due = step.due();
    afterTheNextLook(() -> here.set("shop", Map.of("DB_HOST", "db.us-east-2", "OTHER", "1")));
    assertThat(waiting(() -> step.apply(due))).contains("PreconditionFailedException");
    assertThat(changes()).isEmpty();
    step.settled();
    assertThat(here.variables("shop"))
        .isEqualTo(Map.of("DB_HOST", "db.us-west-2", "EPOCH", "2", "OTHER", "1"));
  }

  /** Somebody is faster than the change that follows from a look. */
  private void afterTheNextLook(Runnable somebody) {
    AtomicBoolean done = new AtomicBoolean();
    SimulatedAws.aws()
        .witness(call -> {
          boolean ours = !call.caller().run().isEmpty();
          if (ours && !Request.isChange(call.operation()) && !done.getAndSet(true)) {
            instantly(somebody);
          }
        });
  }

  @Test
  void anUpdateThatFailedSaysWhyAndStartingOverIsAnotherOne() {
    given();
    endsAs(UPDATE, "Failed");
    assertThat(why(step().reconcile()))
        .contains("is 'Failed': SubnetOutOfIPAddresses", "former variables", "retry --anew");
    endsAs(UPDATE, "");
    step().generation(2).settled();
    assertThat(changes()).containsExactly(UPDATE, UPDATE);
  }

  @Test
  void aFunctionThatWasIdleCanBeConfigured() {
    given();
    here.fallsIdle(HERE, "shop");
    StepDriver step = step();
    step.apply(step.due());
    pass(Duration.ofMinutes(1));
    step.settled();
    assertThat(here.variables("shop")).isEqualTo(AFTER);
  }

  @Test
  void aFunctionThatIsBeingMadeIsWaitedFor() {
    here.function("shop", BEFORE);
    assertThat(waiting(() -> step().observe())).contains("is 'Pending'");
  }

  @Test
  void asksForAFunctionThatExists() {
    assertThat(why(step().observe())).isEqualTo("the function shop in us-west-2 does not exist");
    assertThat(step().check().ready()).isFalse();
  }

  @Test
  void whatIsLostAsksAPerson() {
    given();
    endsAs("CreateFunction", "Deleting");
    assertThat(why(step().observe())).contains("is 'Deleting'");
  }

  @Test
  void anEmptyValueIsAValue() {
    instantly(() -> here.function("shop", Map.of("DB_HOST", "")));
    StepDriver step = step();
    assertThat(step.due().before()).isEqualTo(Map.of("DB_HOST", "", ":new", "EPOCH"));
    step.settled();
    step.undo();
    assertThat(here.variables("shop")).isEqualTo(Map.of("DB_HOST", ""));
  }

  @Test
  void undoPutsTheFormerValuesBackAndRemovesTheNewOnes() {
    given();
    StepDriver step = step();
    step.settled();
    step.undo();
    assertThat(here.variables("shop")).isEqualTo(BEFORE);
  }

  @Test
  void undoKeepsWhatOthersSetMeanwhile() {
    given();
    StepDriver step = step();
    step.settled();
    instantly(
        () -> here.set("shop", Map.of("DB_HOST", "db.us-west-2", "EPOCH", "2", "OTHER", "1")));
    step.undo();
    assertThat(here.variables("shop")).isEqualTo(Map.of("DB_HOST", "db.us-east-2", "OTHER", "1"));
  }

  @Test
  void undoLeavesAloneWhatSomebodyElseSetMeanwhile() {
    given();
    StepDriver step = step();
    step.settled();
    instantly(() -> here.set("shop", Map.of("DB_HOST", "elsewhere")));
    ApplicationFailure refused = failure(step::undoOnce);
    assertThat(refused.isNonRetryable()).isTrue();
    assertThat(refused.getOriginalMessage())
        .contains("somebody else has set the variable", "of the function shop")
        .doesNotContain("elsewhere");
  }

  @Test
  void theCheckSaysHowMuchDiffers() {
    given();
    assertThat(step().check().evidence())
        .isEqualTo(
            "the function shop in us-west-2 is 'Active' and its last update 'Successful', and 2 of"
                + " 2 variables differ");
  }
}
