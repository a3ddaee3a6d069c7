package io.rekindle.action.aws.verify;

import io.rekindle.action.ActionCall;
import io.rekindle.action.ActionCall.ActionKey;
import io.rekindle.plan.shape.Durations;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this worker saw in a row, from attempt to attempt of one look. Another worker, or this one
 * after its death, begins anew: that costs time and nothing else, because only what one worker saw
 * itself, again and again, counts.
 */
@Singleton
final class Sightings {
  private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);
  private final Map<Look, Row> rows = new ConcurrentHashMap<>();

  /** All attempts of a look carry the same time: that at which the workflow began it. */
  private record Look(ActionKey key, Instant begun) {
    static Look of(ActionCall call) {
      return new Look(call.key(), call.now());
    }
  }

  /**
   * The same, seen in a row.
   *
   * @param times counts from 1
   */
  record Row(String what, Instant since, Instant last, int times) {
    Duration held() {
      return Duration.between(since, last);
    }

    /** Whether it was seen more than once, and over this time. */
    boolean hasHeld(Duration time) {
      return times > 1 && held().compareTo(time) >= 0;
    }

    /** How much of a time it has held. */
    String heldOf(Duration time) {
      return "%s of %s"
          .formatted(
              Durations.format(Duration.ofSeconds(held().toSeconds())), Durations.format(time));
    }

    private Row again(Instant now) {
      return new Row(what, since, now, times + 1);
    }
  }

  /** Something was seen: again, or instead of something else. */
  Row saw(ActionCall call, String what) {
    Instant now = Instant.now();
    rows.values().removeIf(row -> row.last().isBefore(now.minus(FORGOTTEN_AFTER)));
    return rows.merge(
        Look.of(call),
        new Row(what, now, now, 1),
        (before, first) -> before.what().equals(what) ? before.again(now) : first);
  }

  /** What comes next begins a new row. */
  void end(ActionCall call) {
    rows.remove(Look.of(call));
  }
}
