package io.rekindle.starter.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.run.Decision;
import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.StepState;
import io.rekindle.run.StepState.Status;
import io.rekindle.simulator.Example;
import io.rekindle.simulator.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The whole life of the pilot light service through real calls, by a worker process, on a real
 * Temporal server: its Region goes dark, it is recovered, comes home with all that was written
 * meanwhile, and is drilled.
 */
class RealPilotLightIT {
  private static final RealServers SERVERS = RealServers.shared();
  private static final String PRIMARY = "eu-west-1";
  private static final List<String> FENCES = List.of("fence-door", "fence-database");
  private static final Duration UNTIL_HOME = Duration.ofMinutes(8);

  /** AWS does not tell whether a password was set; so it may be set again, to the same one. */
  private static final List<String> UNGUARDED =
      List.of(
          "credentials ModifyDBInstance in eu-central-1",
          "home-credentials ModifyDBInstance in eu-west-1",
          "pilot-credentials ModifyDBInstance in eu-central-1");

  @Test
  void onEcs() throws Exception {
    lives(Example.PILOT_LIGHT_SERVICE);
  }

  @Tag("sweep")
  @ParameterizedTest
  @EnumSource(names = {"PILOT_LIGHT_ON_EKS", "PILOT_LIGHT_ON_KUBERNETES"})
  void onOtherPlatforms(Example platform) throws Exception {
    lives(platform);
  }

  @Tag("sweep")
  @Test
  void aWorkerMayDieRightAfterEveryChangeOnTheWayThereAndBack() throws Exception {
    try (RealRun run = new RealRun(SERVERS, Example.PILOT_LIGHT_SERVICE)) {
      run.killedAfterEach(call -> true);
      run.start().approve(false).recovered();
      run.everybody().visit();
      comesHome(run);
      assertThat(run.everybody().health()).startsWith("eu-west-1 keeps 18 accounts");
      Map<String, Long> changes = run.changes();
      assertThat(run.kills()).hasSize(changes.size());
      UNGUARDED.forEach(each -> assertThat(changes.remove(each)).as(each).isBetween(1L, 2L));
      assertThat(changes.values()).as("%s", changes).containsOnly(1L);
    }
  }

  private static void lives(Example example) throws Exception {
    try (RealRun run = new RealRun(SERVERS, example)) {
      recovers(run);
      assertThat(run.everybody().visit()).startsWith("eu-central-1 keeps 18 accounts");
      comesHome(run);
      assertThat(run.everybody().health()).startsWith("eu-west-1 keeps 18 accounts");
      assertThat(run.changes().values()).as("repeated changes: 0").containsOnly(1L);
      RealDrill.started(run, "monthly").drilled();
      assertThat(run.everybody().health()).startsWith("eu-west-1 keeps 18 accounts");
    }
  }

  /** With the primary Region dark from the start. */
  private static void recovers(RealRun run) throws Exception {
    try (Fault outage = run.simulator().faults().dark(PRIMARY)) {
      RunState state = run.start().approve(true).recovered();
      for (String fence : FENCES) {
        assertThat(run.step(state, fence).status()).as(fence).isEqualTo(Status.GAVE_UP);
      }
      assertThat(run.everybody().health()).startsWith("eu-central-1 keeps 17 accounts");
      assertThat(outage.hits()).isPositive();
    }
  }

  private static void comesHome(RealRun run) {
    run.await("the fences hold", state -> state.openFences().isEmpty());
    Ruling begun =
        run.decide(new Decision.Failback(null, "it is healthy", "incident-commander", null));
    assertThat(begun.obeyed()).as(begun.sentence()).isTrue();
    RunState end = run.ended(UNTIL_HOME);
    assertThat(end.outcome()).as(end.doubt()).isEqualTo(Outcome.FAILED_BACK);
    assertThat(end.steps()).extracting(StepState::status).doesNotContain(Status.BLOCKED);
  }
}
