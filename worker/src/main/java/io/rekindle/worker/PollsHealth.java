package io.rekindle.worker;

import io.grpc.ConnectivityState;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import io.temporal.serviceclient.WorkflowServiceStubs;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.reactivestreams.Publisher;

/** Ready is a worker that asks a server for work. */
@Singleton
@Readiness
final class PollsHealth implements HealthIndicator {
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Polls polls;
  private final WorkflowServiceStubs stubs;

  PollsHealth(Polls polls, WorkflowServiceStubs stubs) {
    this.polls = polls;
    this.stubs = stubs;
  }

  private ConnectivityState connection() {
    return stubs.getRawChannel().getState(false);
  }

  private boolean isReady() {
    return connection() == ConnectivityState.READY && polls.areLive();
  }

  void awaitReady() {
    try {
      while (!isReady()) {
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new CannotStart("The worker was stopped before it polled for work.");
    }
  }

  @Override
  public Publisher<HealthResult> getResult() {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("connection", connection());
    details.put("open polls", polls.counts());
    return Publishers.just(
        HealthResult.builder("temporal", isReady() ? HealthStatus.UP : HealthStatus.DOWN)
            .details(details)
            .build());
  }
}
