package io.rekindle.run;

import io.rekindle.action.ActionCall;
import io.rekindle.action.Observation;
import io.rekindle.action.Readiness;
import io.rekindle.action.Verb;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.step.Facts.Guard;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;

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

  private Actions() {}

  /** A look changes nothing, so who stops looking need not wait for the attempt under way. */
  static Promise<Observation> observe(ActionCall call, Duration budget, String summary) {
    return Workflow.newUntypedActivityStub(
            ActivityOptions.newBuilder(options(budget, summary))
                .setCancellationType(ActivityCancellationType.TRY_CANCEL)
                .build())
        .executeAsync(Verb.OBSERVE.activityType(call.kind()), Observation.class, call);
  }

  /**
   * Without a guard a repeated attempt would be a repeated change: a worker that seems dead may be
   * slow, so only the end of the attempt counts.
   */
  static Promise<Void> apply(ActionCall call, Duration budget, String summary) {
    ActivityOptions options = options(budget, summary);
    boolean guarded =
        Kinds.named(call.kind()).filter(kind -> kind.facts().guard() != Guard.NONE).isPresent();
    return Workflow.newUntypedActivityStub(
            guarded
                ? options
                : ActivityOptions.newBuilder(options).setHeartbeatTimeout(null).build())
        .executeAsync(Verb.APPLY.activityType(call.kind()), Void.class, call);
  }

  static Promise<Void> undo(ActionCall call, Duration budget, String summary) {
    return Workflow.newUntypedActivityStub(options(budget, summary))
        .executeAsync(Verb.UNDO.activityType(call.kind()), Void.class, call);
  }

  static Promise<Readiness> check(ActionCall call, Duration budget, String summary) {
    return Workflow.newUntypedActivityStub(options(budget, summary))
        .executeAsync(Verb.CHECK.activityType(call.kind()), Readiness.class, call);
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
