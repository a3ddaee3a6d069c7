package io.rekindle.action.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.ActionCall;
import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.Verb;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.data.Rds;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ActionDispatcherTest {
  private static final Settled SEEN = new Settled(Map.of("instance", "orders"));
  private final AwsClients clients = new AwsClients();

  @AfterEach
  void close() {
    clients.close();
  }

  /** Takes its time, as a slow AWS does. */
  private record Slow(Duration time) implements ActionHandler<Rds.StopInstance> {
    @Override
    public Class<Rds.StopInstance> declaration() {
      return Rds.StopInstance.class;
    }

    @Override
    public Observation observe(Work<Rds.StopInstance> work) {
      try {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
      return SEEN;
    }

    @Override
    public void apply(Work<Rds.StopInstance> work, Due due) {}

    @Override
    public void undo(Work<Rds.StopInstance> work) {}

    @Override
    public Readiness check(Work<Rds.StopInstance> work) {
      return new Readiness(true, work.with().instance(), null);
    }
  }

  private ActionDispatcher dispatcher(ActionHandler<?>... handlers) {
    return new ActionDispatcher(List.of(handlers), clients, Pace.OF_AWS);
  }

  private static ActionHandler<?> quick() {
    return new Slow(Duration.ZERO);
  }

  private StepDriver step(Class<? extends Action> declaration, String with) {
    return new StepDriver(dispatcher(quick()), declaration, with, "us-west-2");
  }

  @Test
  void takesACallToTheHandlerOfItsKind() {
    StepDriver step = step(Rds.StopInstance.class, "{ instance: 'orders' }");
    assertThat(step.observe()).isEqualTo(SEEN);
    assertThat(step.check().evidence()).isEqualTo("orders");
  }

  @Test
  void leavesAKindWithoutHandlerToANewerWorker() {
    StepDriver step = step(Rds.Rename.class, "{ instance: 'orders', to: 'old' }");
    ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, step::observe);
    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(failure.getOriginalMessage())
        .isEqualTo(
            "This worker has no handler for the kind '"
                + Kinds.of(Rds.Rename.class).name()
                + "'. Start a worker of the run's version or newer.");
  }

  @Test
  void leavesFieldsThatItCannotReadToANewerWorker() {
    StepDriver step = step(Rds.StopInstance.class, "{ instance: 'orders', gently: true }");
    ApplicationFailure failure = catchThrowableOfType(ApplicationFailure.class, step::observe);
    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(failure.getOriginalMessage()).contains("gently");
  }

  @Test
  void refusesTwoHandlersOfOneKind() {
    assertThatIllegalStateException()
        .isThrownBy(() -> dispatcher(quick(), quick()))
        .withMessageContaining("StopInstance");
  }

  @Test
  void asksNothingMoreOnceTheServerMayHaveGivenItUp() {
    ActionCall call = step(Rds.StopInstance.class, "{ instance: 'orders' }").call(null);
    Attempt alive = new Attempt(call, 1, Duration.ofSeconds(20), Duration.ofSeconds(2));
    assertThat(alive.timeForCall()).isGreaterThan(Duration.ofSeconds(15));
    alive.giveUp();
    assertThat(catchThrowableOfType(ApplicationFailure.class, alive::timeForCall).isNonRetryable())
        .isFalse();

    Attempt silent = new Attempt(call, 1, Duration.ofSeconds(20), Duration.ofNanos(1));
    assertThat(catchThrowableOfType(ApplicationFailure.class, silent::timeForCall)).isNotNull();
  }

  /** Looks once. */
  @WorkflowInterface
  public interface Look {
    @WorkflowMethod
    Observation look(String activityType, ActionCall call);
  }

  /** As runs do, with the same limits but fewer attempts. */
  public static final class LookImpl implements Look {
    @Override
    public Observation look(String activityType, ActionCall call) {
      return Workflow.newUntypedActivityStub(
              ActivityOptions.newBuilder()
                  .setStartToCloseTimeout(Duration.ofSeconds(30))
                  .setHeartbeatTimeout(Duration.ofSeconds(2))
                  .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
                  .build())
          .execute(activityType, Observation.class, call);
    }
  }

  private Observation look(ActionHandler<?> handler, String activityType) {
    try (TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance()) {
      var worker = temporal.newWorker("looks");
      worker.registerWorkflowImplementationTypes(LookImpl.class);
      worker.registerActivitiesImplementations(dispatcher(handler));
      temporal.start();
      return temporal
          .getWorkflowClient()
          .newWorkflowStub(Look.class, WorkflowOptions.newBuilder().setTaskQueue("looks").build())
          .look(activityType, step(Rds.StopInstance.class, "{ instance: 'orders' }").call(null));
    }
  }

  @Test
  void givesSignsOfLifeWhileAnAttemptTakesItsTime() {
    String type = Verb.OBSERVE.activityType(Kinds.of(Rds.StopInstance.class).name());
    assertThat(look(new Slow(Duration.ofSeconds(4)), type)).isEqualTo(SEEN);
  }

  @Test
  void leavesAVerbThatItDoesNotKnowToANewerWorker() {
    WorkflowFailedException failed =
        catchThrowableOfType(
            WorkflowFailedException.class,
            () -> look(quick(), Kinds.of(Rds.StopInstance.class).name() + ".improve"));
    assertThat(failed)
        .cause()
        .isInstanceOf(ActivityFailure.class)
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.isNonRetryable()).isFalse();
              assertThat(failure.getType()).isNotEqualTo(Failures.IN_PROGRESS);
              assertThat(failure.getOriginalMessage()).contains(".improve");
            });
  }
}
