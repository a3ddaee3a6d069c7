package io.rekindle.action.aws.rds;

import static io.rekindle.action.aws.rds.InstanceMetric.LATE;
import static io.rekindle.action.aws.rds.InstanceMetric.MINUTE;

import io.rekindle.action.aws.Work;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalDouble;

/** How many clients are connected to a DB instance, as CloudWatch tells, minute by minute. */
record Connections(Work<?> work, String instance) {

  /** In the newest whole minute since then; empty while CloudWatch shows none. */
  OptionalDouble since(Instant time) {
    Instant begun =
        time.plus(work.pace().of(LATE.plus(MINUTE))).minus(LATE).truncatedTo(ChronoUnit.MINUTES);
    return new InstanceMetric(work, instance, "DatabaseConnections")
        .newestSince(begun).stream().mapToDouble(InstanceMetric.Value::value).findFirst();
  }
}
