package io.rekindle.starter.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.starter.Console;
import io.rekindle.starter.run.ScheduledDrill;
import io.rekindle.starter.run.ScheduledDrill.Past;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What `rekindle drill list` says. */
class DrillPageTest {
  private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private static String page(ScheduledDrill... drills) {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    Console console = new Console(InputStream.nullInputStream(), nowhere, nowhere, Map.of());
    return String.join("\n", new DrillPage(console, NOW).lines(List.of(drills)));
  }

  private static Past drill(String outcome, Duration ago) {
    return new Past("drill/shop/weekly", NOW.minus(ago), Optional.of(NOW.minus(ago)), outcome);
  }

  private static Past open(Duration ago) {
    return new Past("drill/shop/weekly", NOW.minus(ago), Optional.empty(), "RUNNING");
  }

  private static ScheduledDrill weekly(
      Optional<Past> last, Optional<Past> success, Optional<Duration> late) {
    return new ScheduledDrill(
        "shop",
        "weekly",
        "0 3 * * SUN",
        "Europe/Berlin",
        "sha256:0123456789ab",
        List.of(Instant.parse("2026-12-06T02:01:04.500Z")),
        last,
        success,
        late.map(NOW::minus),
        0,
        0,
        Optional.empty());
  }

  @Test
  void aDrillThatSucceedsInTimeHasOneLine() {
    Past drilled = drill("DRILLED", DAY.multipliedBy(3));

    assertThat(page(weekly(Optional.of(drilled), Optional.of(drilled), Optional.empty())))
        .isEqualTo(
            """
            shop
              drill   when                       next                  last
              weekly  0 3 * * SUN Europe/Berlin  2026-12-06T02:01:04Z  DRILLED 3 days ago, on time\
            """);
  }

  @Test
  void theAgeOfTheLastSuccessIsMeasuredAgainstItsTimes() {
    Past failed = drill("DRILL_FAILED", DAY.multipliedBy(2));
    Past drilled = drill("DRILLED", DAY.multipliedBy(40));

    assertThat(
            page(
                weekly(
                    Optional.of(failed), Optional.of(drilled), Optional.of(DAY.multipliedBy(33)))))
        .endsWith("DRILL_FAILED 2 days ago; last success 40 days ago, 33 days late");
  }

  @Test
  void oneThatNeverSucceededIsLateSinceItsFirstTime() {
    assertThat(page(weekly(Optional.empty(), Optional.empty(), Optional.empty())))
        .endsWith("not run yet, on time");
    assertThat(
            page(
                weekly(
                    Optional.of(drill("GAVE_WAY", Duration.ofMinutes(90))),
                    Optional.empty(),
                    Optional.of(Duration.ofHours(2)))))
        .endsWith("GAVE_WAY 1 hour ago; no success yet, 2 hours late");
  }

  @Test
  void anOpenDrillSaysForHowLong() {
    assertThat(
            page(
                weekly(
                    Optional.of(open(Duration.ofMinutes(12))),
                    Optional.of(drill("DRILLED", DAY.multipliedBy(7))),
                    Optional.empty())))
        .endsWith("running for 12 minutes; last success 7 days ago, on time");
  }

  @Test
  void whatDidNotHappenIsSaidBelow() {
    ScheduledDrill paused =
        new ScheduledDrill(
            "shop",
            "weekly",
            "0 3 * * SUN",
            "UTC",
            "sha256:0123456789ab",
            List.of(),
            Optional.empty(),
            Optional.of(
                new Past("x", NOW.minus(DAY.multipliedBy(80)), Optional.empty(), "COMPLETED")),
            Optional.empty(),
            1,
            2,
            Optional.of("the subnet is being moved"));

    assertThat(page(paused))
        .endsWith(
            """
              weekly  0 3 * * SUN UTC  paused                last success 80 days ago, on time
                paused: the subnet is being moved
                1 time skipped: the one before was still running
                2 times missed: the server was down for more than 10 minutes
                of its last success the server remembers no more than that it completed\
            """);
  }

  @Test
  void nothingIsScheduled() {
    assertThat(page()).isEqualTo("No drill is scheduled; `rekindle drill schedule PLAN` does it.");
  }
}
