package io.rekindle.starter.rehearse;

import io.rekindle.action.ActionCall;
import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.action.Verb;
import io.rekindle.plan.Kinds;
import io.rekindle.rehearse.RehearsalCloud;
import io.temporal.activity.Activity;
import io.temporal.activity.DynamicActivity;
import io.temporal.common.converter.EncodedValues;
import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The cloud as a worker asks it: counts what failed, and dies where it is told to. */
final class RehearsedActions implements DynamicActivity {
  private final RehearsalCloud cloud;
  private final String crashAfter;
  private final Runnable crash;
  private final AtomicBoolean crashed = new AtomicBoolean();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();

  /**
   * @param crashAfter the step after whose change the worker dies; empty for none
   */
  RehearsedActions(RehearsalCloud cloud, String crashAfter, Runnable crash) {
    this.cloud = cloud;
    this.crashAfter = crashAfter;
    this.crash = crash;
  }

  /** How many attempts of a step failed or were lost. */
  int failuresOf(String step) {
    return failures.getOrDefault(step, 0);
  }

  boolean hasCrashed() {
    return crashed.get();
  }

  @Override
  public @Nullable Object execute(EncodedValues arguments) {
    ActionCall call = arguments.get(0, ActionCall.class);
    String step = call.key().step();
    try {
      Object answer = cloud.execute(arguments);
      dieAfter(call, answer instanceof Observation.Settled);
      return answer;
    } catch (ApplicationFailure failure) {
      if (!failure.getType().equals(Failures.IN_PROGRESS)) {
        failures.merge(step, 1, Integer::sum);
      }
      dieAfter(call, false);
      throw failure;
    }
  }

  /** The answer is never given: the worker is gone before. */
  private void dieAfter(ActionCall call, boolean settled) {
    String type = Activity.getExecutionContext().getInfo().getActivityType();
    if (!call.key().step().equals(crashAfter)
        || type.equals(Verb.CHECK.activityType(call.kind()))) {
      return;
    }
    boolean looksOnly = Kinds.named(call.kind()).orElseThrow().looksOnly();
    boolean now = looksOnly || settled || type.equals(Verb.APPLY.activityType(call.kind()));
    if (now && crashed.compareAndSet(false, true)) {
      failures.merge(crashAfter, 1, Integer::sum);
      crash.run();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException killed) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the worker was killed", killed);
      }
    }
  }
}
