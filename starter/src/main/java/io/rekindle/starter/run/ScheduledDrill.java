package io.rekindle.starter.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A drill that a server repeats, as it is known there right now.
 *
 * @param cron empty where it was not made from a plan
 * @param plan the digest of the plan it was made from
 * @param next when it comes; nothing while it is paused
 * @param last the open one, or the last that ended, whoever started it
 * @param success the last that succeeded
 * @param dueSince when the next success should have begun, where that is past
 * @param skipped how many times it did not begin, because the one before was still open
 * @param missed how many times it did not begin, because the server was down too long
 * @param paused why it is paused
 */
public record ScheduledDrill(
    String application,
    String name,
    String cron,
    String timeZone,
    String plan,
    List<Instant> next,
    Optional<Past> last,
    Optional<Past> success,
    Optional<Instant> dueSince,
    long skipped,
    long missed,
    Optional<String> paused) {

  /**
   * A drill that was begun.
   *
   * @param ended empty while it is open, and where the server has forgotten it
   * @param outcome DRILLED, DRILL_FAILED…; where it left none, how Temporal says that it stands
   */
  public record Past(String workflow, Instant began, Optional<Instant> ended, String outcome) {
    public boolean isOpen() {
      return outcome.equals("RUNNING");
    }
  }
}
