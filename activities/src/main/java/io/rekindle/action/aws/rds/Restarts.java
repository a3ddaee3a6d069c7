package io.rekindle.action.aws.rds;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.SourceType;

/** The restarts of DB instances, as their events tell. */
record Restarts(RdsClient rds) {
  /** RDS keeps its events for so long. */
  private static final Duration KEPT = Duration.ofDays(14);

  /** RDS-EVENT-0006, which the API knows by its words only: "DB instance restarted". */
  private static final String RESTARTED = "restarted";

  Optional<Instant> last(String instance) {
    return rds
        .describeEventsPaginator(request ->
            request
                .sourceIdentifier(instance)
                .sourceType(SourceType.DB_INSTANCE)
                .eventCategories("availability")
                .duration((int) KEPT.toMinutes()))
        .events()
        .stream()
        .filter(event -> event.message().toLowerCase(Locale.ROOT).contains(RESTARTED))
        .map(Event::date)
        .max(Comparator.naturalOrder());
  }
}
