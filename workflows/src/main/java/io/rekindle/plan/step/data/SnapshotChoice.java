package io.rekindle.plan.step.data;

import io.rekindle.plan.shape.Says;
import io.rekindle.plan.value.Arn;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Which snapshot of a database to use. */
public sealed interface SnapshotChoice {

  record Latest(
      @Says(
              "The database whose newest usable snapshot in this Region is taken; the gate shows"
                  + " and pins it.")
          String latestCopyOf,
      @Says("The step is broken when the newest snapshot is older than this.")
          @Nullable Duration maxAge)
      implements SnapshotChoice {}

  record Exact(@Says("The snapshot, by its ARN in this Region.") Arn arn)
      implements SnapshotChoice {}
}
