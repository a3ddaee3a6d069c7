package io.rekindle.run;

import io.rekindle.action.ActionCall;
import io.rekindle.action.Verb;
import io.rekindle.rehearse.RehearsalCloud;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A cloud that is looked at as much more often as its time goes faster. */
final class Hasty extends Watch {
  Hasty(RehearsalCloud cloud, Supplier<Instant> clock) {
    super(cloud, clock);
  }

  @Override
  @Nullable Object ask(Verb verb, ActionCall call, int attempt) {
    try {
      return super.ask(verb, call, attempt);
    } catch (ApplicationFailure failure) {
      throw sooner(failure);
    }
  }

  private static ApplicationFailure sooner(ApplicationFailure failure) {
    Duration delay = failure.getNextRetryDelay();
    return ApplicationFailure.newBuilder()
        .setType(failure.getType())
        .setMessage(failure.getOriginalMessage())
        .setNonRetryable(failure.isNonRetryable())
        .setCategory(failure.getCategory())
        .setNextRetryDelay(delay == null ? null : delay.dividedBy(RealStage.PACE))
        .build();
  }
}
