package io.rekindle.starter.command;

import io.rekindle.starter.run.ScheduledDrill;
import io.rekindle.starter.run.ScheduledDrill.Past;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A scheduled drill for scripts.
 *
 * @param late for how many seconds a success has been due; null while none is
 */
record DrillJson(
    String application,
    String drill,
    String cron,
    String timeZone,
    String plan,
    List<String> next,
    @Nullable String paused,
    @Nullable PastJson last,
    @Nullable PastJson success,
    @Nullable Long late,
    long skipped,
    long missed) {

  record PastJson(String workflow, String outcome, String began, @Nullable String ended) {
    static @Nullable PastJson of(Optional<Past> past) {
      return past.map(it ->
              new PastJson(
                  it.workflow(),
                  it.outcome(),
                  it.began().toString(),
                  it.ended().map(Instant::toString).orElse(null)))
          .orElse(null);
    }
  }

  static DrillJson of(ScheduledDrill drill, Instant now) {
    return new DrillJson(
        drill.application(),
        drill.name(),
        drill.cron(),
        drill.timeZone(),
        drill.plan(),
        drill.next().stream().map(Instant::toString).toList(),
        drill.paused().orElse(null),
        PastJson.of(drill.last()),
        PastJson.of(drill.success()),
        drill.dueSince().map(due -> Duration.between(due, now).toSeconds()).orElse(null),
        drill.skipped(),
        drill.missed());
  }
}
