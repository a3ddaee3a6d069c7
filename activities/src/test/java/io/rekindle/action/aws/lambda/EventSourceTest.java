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
import io.rekindle.simulator.fault.Aim;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;

class EventSourceTest extends ActionContract<Lambda.EventSource> {
  private static final String UPDATE = "UpdateEventSourceMapping";
  private static final String NOBODYS = "14e0db71-5d35-4eb5-b481-8945cf9d10c2";

  private final LambdaWorld here = new LambdaWorld(in(HERE, LambdaClient::builder));
  private String orders = NOBODYS;
  private String mails = NOBODYS;

  @Override
  protected ActionHandler<Lambda.EventSource> handler() {
    return new EventSource();
  }

  @Override
  protected String with() {
    return "{ mappings: ['%s', '%s'], state: 'disabled' }".formatted(orders, mails);
  }

  @Override
  protected void world() {
    here.function("shop", Map.of());
    orders = here.mapping("shop", "orders", true);
    mails = here.mapping("shop", "mails", false);
  }

  private static ApplicationFailure waiting(Runnable asking) {
    ApplicationFailure waiting = catchThrowableOfType(ApplicationFailure.class, asking::run);
    assertThat(waiting.getType()).isEqualTo(Failures.IN_PROGRESS);
    return waiting;
  }

  /** Histories hold these words: what is in progress must stay readable. */
  @Test
  void recordsTheFormerStateOfEach() {
    given();
    assertThat(step().due())
        .isEqualTo(new Due("set", Map.of(orders, "Enabled", mails, "Disabled")));
  }

  /** What is under way still reads: it is no fence before it is disabled. */
  @Test
  void waitsUntilEachIsDisabled() {
    given();
    instantly(() -> here.set(mails, true));
    StepDriver step = step();
    step.apply(step.due());
    assertThat(waiting(step::observe).getOriginalMessage())
        .contains(
            "the event source mapping " + orders + " in us-west-2 is 'Disabling'",
            mails + " in us-west-2 is 'Disabling'");
    pass(Duration.ofMinutes(2));
    assertThat(step.settled().outputs()).containsEntry("mappings", "2");
    assertThat(here.state(orders)).isEqualTo("Disabled");
  }

  @Test
  void onlyWhatDiffersIsChangedAndPutBack() {
    given();
    StepDriver step = step();
    step.settled();
    assertThat(changes()).containsExactly(UPDATE);
    step.undo();
    assertThat(here.state(orders)).isEqualTo("Enabled");
    assertThat(here.state(mails)).isEqualTo("Disabled");
    assertThat(changes()).containsExactly(UPDATE, UPDATE);
  }

  @Test
  void enablesAsWell() {
    given();
    instantly(() -> here.set(orders, false));
    step("{ mappings: '%s', state: 'enabled' }".formatted(orders)).settled();
    assertThat(here.state(orders)).isEqualTo("Enabled");
  }

  @Test
  void somebodyElsesChangeComesFirst() {
    given();
    here.set(orders, true);
    assertThat(waiting(() -> step().observe()).getOriginalMessage()).contains("'Updating'");
    assertThat(changes()).isEmpty();
    step().settled();
    assertThat(changes()).containsExactly(UPDATE);
  }

  /** The answer to the first was lost, and the second was never asked for. */
  @Test
  void aChangeThatBrokeOffGoesOnWithTheRest() {
    given();
    instantly(() -> here.set(mails, true));
    StepDriver step = step();
    Due due = step.due();
    SimulatedAws.aws()
        .faults()
        .refuse(Aim.at("lambda", UPDATE).after(1).times(1), 400, "ResourceInUseException", "busy");
    waiting(() -> step.apply(due));
    assertThat(changes()).hasSize(1);
    step.settled();
    assertThat(changes()).containsExactly(UPDATE, UPDATE);
  }

  @Test
  void asksForMappingsThatExist() {
    given();
    String lost = mails;
    mails = NOBODYS;
    assertThat(why(step().observe()))
        .isEqualTo("the event source mapping " + NOBODYS + " in us-west-2 does not exist");
    assertThat(step().check().ready()).isFalse();
    assertThat(here.state(lost)).isEqualTo("Disabled");
  }

  @Test
  void whatIsBeingDeletedAsksAPerson() {
    given();
    endsAs("CreateEventSourceMapping", "Deleting");
    assertThat(why(step().observe())).contains("is 'Deleting'");
  }

  @Test
  void theCheckSaysWhatStateEachHas() {
    given();
    assertThat(step().check().evidence())
        .contains("the event source mapping " + orders + " in us-west-2 is 'Enabled'; ");
  }
}
