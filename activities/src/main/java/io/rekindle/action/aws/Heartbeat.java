package io.rekindle.action.aws;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The signs of life of an attempt, so that the death of a worker is noticed at once. */
final class Heartbeat implements AutoCloseable {
  /** So many fall into the silence after which an attempt is given away: one of them is enough. */
  private static final int WITHIN_THE_SILENCE = 4;

  private final @Nullable ScheduledFuture<?> beating;

  private Heartbeat(@Nullable ScheduledFuture<?> beating) {
    this.beating = beating;
  }

  /** The first sign comes after a pause: most attempts end before it. */
  static Heartbeat of(
      ActivityExecutionContext context, Attempt attempt, ScheduledExecutorService clock) {
    if (!isWanted(context)) {
      return new Heartbeat(null);
    }
    long pause = context.getInfo().getHeartbeatTimeout().toMillis() / WITHIN_THE_SILENCE;
    return new Heartbeat(
        clock.scheduleAtFixedRate(
            () -> beat(context, attempt), pause, pause, TimeUnit.MILLISECONDS));
  }

  static boolean isWanted(ActivityExecutionContext context) {
    Duration silence = context.getInfo().getHeartbeatTimeout();
    return silence != null && silence.isPositive();
  }

  private static void beat(ActivityExecutionContext context, Attempt attempt) {
    try {
      context.heartbeat(null);
      attempt.showLife();
    } catch (ActivityCompletionException theServerGaveItUp) {
      attempt.giveUp();
    }
  }

  @Override
  public void close() {
    if (beating != null) {
      beating.cancel(false);
    }
  }
}
