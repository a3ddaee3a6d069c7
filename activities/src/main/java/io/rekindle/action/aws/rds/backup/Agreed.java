package io.rekindle.action.aws.rds.backup;

import io.rekindle.action.Readiness.RecoveryPoint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was agreed on, for whoever makes the change.
 *
 * @param recoveryPoint by its ARN
 * @param time up to which it holds data
 * @param instanceClass the class to restore with, when those before it had no machines
 */
record Agreed(String recoveryPoint, Instant time, @Nullable String instanceClass) {
  static Agreed on(RecoveryPoint point, @Nullable String instanceClass) {
    return new Agreed(point.id(), point.time(), instanceClass);
  }

  Agreed with(String next) {
    return new Agreed(recoveryPoint, time, next);
  }
}
