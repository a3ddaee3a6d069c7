package io.rekindle.starter.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.starter.CommandFixture;
import io.rekindle.starter.ExitCode;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the README promises of {@code rekindle demo}. */
class DemoIT {
  @Test
  void itRecoversThroughEveryKillAndLeavesNoProcess() {
    List<ProcessHandle> before = ProcessHandle.current().descendants().toList();

    CommandFixture demo = CommandFixture.run("demo").exits(ExitCode.DONE);

    assertThat(demo.out())
        .contains("kill -9: worker", "kill -9: the Temporal server is dead", "changes applied: ")
        .contains("repeated changes: 0")
        .endsWith("RECOVERED\n");
    assertThat(ProcessHandle.current().descendants().filter(each -> !before.contains(each)))
        .isEmpty();
  }

  @Tag("sweep")
  @Test
  void itsWholeLifeTakesLessThanFourMinutes() {
    CommandFixture demo = CommandFixture.run("demo", "--whole-life").exits(ExitCode.DONE);

    assertThat(demo.out())
        .contains("GAVE_WAY: a failover of visitor-counter is open; nothing was changed")
        .contains("the drill 'weekly-restore' is scheduled, for every minute")
        .contains("DRILLED: every step of the drill is over; all changes were undone")
        .contains("repeated changes: 0")
        .endsWith("FAILED_BACK\n");
    assertThat(lastMoment(demo.out())).isLessThan(240);
  }

  /** The seconds at which the last thing was told. */
  private static double lastMoment(String out) {
    return Pattern.compile("(?m)^ *([0-9.]+)s  ")
        .matcher(out)
        .results()
        .mapToDouble(moment -> Double.parseDouble(moment.group(1)))
        .max()
        .orElseThrow();
  }
}
