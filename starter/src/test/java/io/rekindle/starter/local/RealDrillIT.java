package io.rekindle.starter.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.simulator.Call;
import io.rekindle.simulator.fault.Aim;
import io.rekindle.starter.run.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The drills of the visitor counter, through real calls, by a worker process, on a real Temporal
 * server: whatever happens, nothing is left, and production is what it was.
 */
class RealDrillIT {
  private static final RealServers SERVERS = RealServers.shared();
  private static final String DRILL = "monthly";

  /** Its tasks are started, and stopped again when all is taken away. */
  private static final String UP_AND_DOWN = "service UpdateService in us-west-2";

  /** AWS does not tell whether a password was set; so it may be set again, to the same one. */
  private static final String UNGUARDED = "credentials ModifyDBInstance in us-west-2";

  private final RawAws east = new RawAws(SERVERS.simulator().endpoint(), "us-east-2");
  private final RawAws west = new RawAws(SERVERS.simulator().endpoint(), "us-west-2");

  /** Both Regions, to the letter. */
  private List<Object> world(RealRun run) throws Exception {
    List<Object> world = new ArrayList<>();
    world.add(east.everything());
    world.add(west.everything());
    world.add(run.everybody().health());
    return world;
  }

  @Test
  void itRecoversACopyAndLeavesNothingBehind() throws Exception {
    try (RealRun run = new RealRun(SERVERS)) {
      List<Object> before = world(run);

      RunState end = RealDrill.started(run, DRILL).drilled();

      assertThat(end.ending())
          .isEqualTo("every step of the drill is over; all changes were undone; nothing is left");
      assertThat(run.changes().keySet())
          .anyMatch(change -> change.startsWith("database RestoreDBInstanceFromDBSnapshot"))
          .anyMatch(change -> change.startsWith("service UpdateService"))
          .allMatch(change -> change.endsWith(" in us-west-2"));
      assertThat(world(run)).isEqualTo(before);
    }
  }

  @Test
  void whatAStepLeftWithoutTagsIsFoundWithItsCost() throws Exception {
    try (RealRun run = new RealRun(SERVERS)) {
      run.simulator()
          .witness(call -> {
            if (call.operation().equals("RestoreDBInstanceFromDBSnapshot")) {
              west.createDatabase("forgotten");
            }
          });
      Seen seen = RealDrill.started(run, "weekly-restore").over();

      assertThat(seen.status()).isEqualTo("FAILED");
      RunState end = seen.state().orElseThrow();
      assertThat(end.outcome()).isEqualTo(Outcome.LEFTOVERS);
      assertThat(end.ending())
          .isEqualTo(
              "every step of the drill is over; all changes were undone; left behind: DB instance"
                  + " forgotten, available (about $0.48 a day)");
    }
  }

  @Test
  void whatAnEarlierDrillLeftIsTakenAwayOnceItHasExpired() throws Exception {
    try (RealRun run = new RealRun(SERVERS)) {
      west.createDatabase("drill-0a0a0a-lampstack-db", expired(run, "0a0a0a"));

      RunState end = RealDrill.started(run, "weekly-restore").drilled();

      assertThat(end.ending())
          .endsWith(
              "nothing is left; removed what earlier drills had left: DB instance"
                  + " drill-0a0a0a-lampstack-db, available");
      assertThat(west.databases()).containsExactly("lampstack-pilot");
    }
  }

  private static Map<String, String> expired(RealRun run, String of) {
    return new TreeMap<>(
        Map.of(
            "rekindle:application",
            run.application(),
            "rekindle:run",
            of,
            "rekindle:step",
            "database",
            "rekindle:generation",
            "1",
            "rekindle:drill",
            "true",
            "rekindle:expires",
            Instant.now().minusSeconds(60).toString()));
  }

  /** Each would put back what the other one made of the service. */
  @Tag("sweep")
  @Test
  void twoDrillsOfOneApplicationComeOneAfterTheOther() throws Exception {
    try (RealRun run = new RealRun(SERVERS)) {
      List<Object> before = world(run);
      RealDrill first = RealDrill.started(run, DRILL).awaitChange("database");
      RealDrill second = RealDrill.started(run, "quarterly");

      String one = first.drilled().run();
      String other = second.drilled().run();

      List<String> changes = run.changeCalls().stream().map(call -> call.caller().run()).toList();
      assertThat(changes.lastIndexOf(one)).isLessThan(changes.indexOf(other));
      assertThat(world(run)).isEqualTo(before);
    }
  }

  @Tag("sweep")
  @Test
  void aWorkerMayDieRightAfterEveryChange() throws Exception {
    try (RealRun run = new RealRun(SERVERS)) {
      List<Object> before = world(run);
      run.killedAfterEach(call -> true);

      RealDrill.started(run, DRILL).drilled();

      Map<String, Long> changes = run.changes();
      assertThat(run.kills()).hasSize(changes.size());
      assertThat(changes.remove(UP_AND_DOWN)).isEqualTo(2);
      assertThat(changes.remove(UNGUARDED)).isBetween(1L, 2L);
      assertThat(changes.values()).as("%s", changes).containsOnly(1L);
      assertThat(world(run)).isEqualTo(before);
    }
  }

  @Tag("sweep")
  @ParameterizedTest
  @ValueSource(strings = {"database", "credentials", "service"})
  void aCancelAfterAnyStepTakesEverythingAway(String step) throws Exception {
    try (RealRun run = new RealRun(SERVERS)) {
      List<Object> before = world(run);
      RealDrill drill = RealDrill.started(run, DRILL).awaitChange(step);

      drill.cancel();

      assertThat(drill.over().status()).isEqualTo("CANCELED");
      assertThat(world(run)).isEqualTo(before);
    }
  }

  @Tag("sweep")
  @Test
  void aTeardownThatFailsTwiceIsTriedAgain() throws Exception {
    try (RealRun run = new RealRun(SERVERS)) {
      List<Object> before = world(run);
      var refusal =
          run.simulator()
              .faults()
              .refuse(
                  Aim.at("rds", "DeleteDBInstance").times(2), 500, "InternalFailure", "not now");

      RealDrill.started(run, "weekly-restore").drilled();

      assertThat(refusal.hits()).isEqualTo(2);
      assertThat(world(run)).isEqualTo(before);
    }
  }

  /** An hour of AWS's time. */
  @Tag("sweep")
  @Test
  void theWorkerMayBeGoneForAnHour() throws Exception {
    try (RealRun run = new RealRun(SERVERS)) {
      List<Object> before = world(run);
      RealDrill drill = RealDrill.started(run, DRILL).awaitChange("database");

      run.dismissWorker();
      run.simulator().tempo().pass(Duration.ofHours(1));
      run.replaceWorker();

      drill.drilled();
      assertThat(world(run)).isEqualTo(before);
    }
  }

  /** Both figures are in docs/benchmarks.md. */
  @Tag("sweep")
  @Test
  void aFailoverDoesNotWaitForADrill() throws Exception {
    Duration alone = untilFirstChange(false);
    Duration beside = untilFirstChange(true);
    System.out.printf(
        "from the yes to the first change: %d ms alone, %d ms beside a drill%n",
        alone.toMillis(), beside.toMillis());
    assertThat(beside).isLessThan(alone.plusSeconds(3));
  }

  private static Duration untilFirstChange(boolean beside) throws Exception {
    try (RealRun run = new RealRun(SERVERS)) {
      if (beside) {
        RealDrill.started(run, DRILL).awaitChange("database");
      }
      run.start().awaitGate();
      Instant[] first = new Instant[1];
      run.simulator()
          .witness(call -> {
            if (isOfFailover(call) && first[0] == null) {
              first[0] = Instant.now();
            }
          });
      Instant yes = Instant.now();
      run.approve(false).recovered();
      if (beside) {
        RunState drill = new RealDrill(run, DRILL).ended();
        assertThat(drill.outcome()).as(drill.ending()).isEqualTo(Outcome.GAVE_WAY);
      }
      return Duration.between(yes, first[0]);
    }
  }

  private static boolean isOfFailover(Call call) {
    return call.isChange() && call.caller().step().startsWith("fence");
  }
}
