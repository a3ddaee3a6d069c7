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
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final @Nullable ScheduledFuture<?> beating;

  private Heartbeat(@Nullable ScheduledFuture<?> beating) {
    this.beating = beating;
  }

  static Heartbeat of(
      ActivityExecutionContext context, Attempt attempt, ScheduledExecutorService clock) {
    return new Heartbeat(
        isWanted(context)
            ? clock.scheduleAtFixedRate(
                () -> beat(context, attempt), 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS)
            : null);
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
