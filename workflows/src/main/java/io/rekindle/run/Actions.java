package io.rekindle.run;

import io.rekindle.action.ActionCall;
import io.rekindle.action.Observation;
import io.rekindle.action.Readiness;
import io.rekindle.action.Verb;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.step.Facts.Guard;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Objects;

/**
 * The door from the workflow to the handlers: one activity type for each kind and verb, one set of
 * limits for all.
 */
final class Actions {
  private static final Duration ATTEMPT = Duration.ofSeconds(30);

  /**
   * An attempt that is silent for so long is given to another worker. Nothing is harmed if it only
   * was slow: it asks AWS nothing more, and what it changed has a guard.
   */
  private static final Duration HEARTBEAT = Duration.ofMillis(1500);

  /**
   * Short and always the same, because it follows the death of a worker, however many looks there
   * were before. Whoever answers says how long the pause shall be.
   */
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Turns turns;

  Actions(Turns turns) {
    this.turns = turns;
  }

  /** A look changes nothing, so who stops looking need not wait for the attempt under way. */
  Promise<Observation> observe(ActionCall call, Duration budget, String summary) {
    Duration look = Kinds.named(call.kind()).map(Kind::look).orElse(ATTEMPT);
    ActivityOptions leaving =
        ActivityOptions.newBuilder(options(budget, summary))
            .setStartToCloseTimeout(look)
            .setCancellationType(ActivityCancellationType.TRY_CANCEL)
            .build();
    return ask(Verb.OBSERVE, call, leaving, Observation.class);
  }

  /**
   * Without a guard a repeated attempt would be a repeated change: a worker that seems dead may be
   * slow, so only the end of the attempt counts. Most handlers answer nothing.
   */
  Promise<String> apply(ActionCall call, Duration budget, String summary) {
    ActivityOptions options = options(budget, summary);
    boolean guarded =
        Kinds.named(call.kind()).filter(kind -> kind.facts().guard() != Guard.NONE).isPresent();
    ActivityOptions patient =
        guarded ? options : ActivityOptions.newBuilder(options).setHeartbeatTimeout(null).build();
    return ask(Verb.APPLY, call, patient, String.class)
        .thenApply(receipt -> Objects.requireNonNullElse(receipt, ""));
  }

  /** Answers what was left behind on purpose, or nothing. */
  Promise<String> undo(ActionCall call, Duration budget, String summary) {
    return ask(Verb.UNDO, call, options(budget, summary), String.class);
  }

  Promise<Readiness> check(ActionCall call, Duration budget, String summary) {
    return ask(Verb.CHECK, call, options(budget, summary), Readiness.class);
  }

  private <T> Promise<T> ask(Verb verb, ActionCall call, ActivityOptions options, Class<T> answer) {
    return turns.take(
        Limit.weight(call.toString()),
        () ->
            Workflow.newUntypedActivityStub(options)
                .executeAsync(verb.activityType(call.kind()), answer, call));
  }

  private static ActivityOptions options(Duration budget, String summary) {
    return ActivityOptions.newBuilder()
        .setStartToCloseTimeout(ATTEMPT)
        .setHeartbeatTimeout(HEARTBEAT)
        .setScheduleToCloseTimeout(budget)
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setRetryOptions(
            RetryOptions.newBuilder().setInitialInterval(PAUSE).setBackoffCoefficient(1).build())
        .setSummary(summary)
        .build();
  }
}
