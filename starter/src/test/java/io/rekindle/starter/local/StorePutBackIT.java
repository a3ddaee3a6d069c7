package io.rekindle.starter.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The store of the Temporal server is put back to an earlier copy in the middle of a run, as after
 * a disk that failed: the run does again what it has forgotten, and finds it done.
 */
@Tag("sweep")
class StorePutBackIT {
  private static final RealServers SERVERS = RealServers.shared();
  private static final FileTemporal TEMPORAL = (FileTemporal) SERVERS.temporal();

  /** AWS does not tell whether a password was set; so it may be set again, to the same one. */
  private static final List<String> UNGUARDED =
      List.of("ModifyDBInstance in us-east-2", "ModifyDBInstance in us-west-2");

  /** A fence that was forgotten is closed anew. */
  private static final String RESTARTS = " RebootDBInstance ";

  private static void awaitChange(RealRun run, String step) {
    run.await(step + " has changed something", state -> run.hasChanged(step));
  }

  /** What the database cannot show is done again: to set a password, and to cut all off. */
  private static void assertEachIsMadeOnce(RealRun run, String... besides) {
    Map<String, Long> guarded = new HashMap<>(run.changes());
    guarded.keySet().removeIf(change -> setsAPassword(change) || change.contains(RESTARTS));
    guarded.keySet().removeAll(List.of(besides));
    assertThat(guarded.values()).as("%s", run.changes()).containsOnly(1L);
    assertThat(run.changes().values()).as("%s", run.changes()).allMatch(times -> times <= 2);
  }

  private static boolean setsAPassword(String change) {
    return change.contains("credentials ") && UNGUARDED.stream().anyMatch(change::endsWith);
  }

  private static long messages(RealRun run) {
    return run.simulator().calls().stream()
        .filter(call -> call.operation().equals("Publish") && call.isDone())
        .count();
  }

  @Test
  void aFailoverFindsWhatItHasForgotten() throws Exception {
    try (RealRun run = new RealRun(SERVERS)) {
      run.start().approve(false).people().doTasks();
      awaitChange(run, "database");
      TEMPORAL.copy();
      awaitChange(run, "dns");
      long before = messages(run);

      TEMPORAL.putBack();

      run.recovered();
      assertEachIsMadeOnce(run);
      assertThat(messages(run)).as("messages are sent again").isGreaterThanOrEqualTo(before);
      assertThat(run.everybody().health()).startsWith("us-west-2 has counted 42");
    }
  }

  @Test
  void aWayBackFindsWhatItHasForgotten() throws Exception {
    try (RealRun run = new RealRun(SERVERS)) {
      RealWayBack back = RealWayBack.recovered(run);
      run.everybody().visit();
      back.agreed();
      awaitChange(run, "seed-copy");
      TEMPORAL.copy();
      awaitChange(run, "home");

      TEMPORAL.putBack();

      assertThat(back.home().outcome()).isEqualTo(Outcome.FAILED_BACK);
      assertEachIsMadeOnce(run);
      assertThat(run.everybody().health()).startsWith("us-east-2 has counted 43");
    }
  }

  /** Nobody knows any more how many tasks the service ran: that it runs some now is named. */
  @Test
  void aDrillTakesAwayOrNamesWhatItHasForgotten() throws Exception {
    RawAws west = new RawAws(SERVERS.simulator().endpoint(), "us-west-2");
    try (RealRun run = new RealRun(SERVERS)) {
      List<String> before = west.everythingButTasks();
      RealDrill drill = RealDrill.started(run, "monthly").awaitChange("database");
      TEMPORAL.copy();
      drill.awaitChange("service");

      TEMPORAL.putBack();

      RunState end = drill.ended();
      assertEachIsMadeOnce(run, "service UpdateService in us-west-2");
      assertThat(end.outcome()).as("%s", end).isEqualTo(Outcome.LEFTOVERS);
      assertThat(end.ending())
          .contains("left behind: tasks of the ECS service lampstack-cluster/lampstack-service (")
          .contains("found as the drill wants it, and left so: service");
      assertThat(west.everythingButTasks()).isEqualTo(before);
    }
  }
}
