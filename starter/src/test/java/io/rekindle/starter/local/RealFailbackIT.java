package io.rekindle.starter.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.run.Decision;
import io.rekindle.run.RunState;
import io.rekindle.run.RunState.OpenFence;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.RunState.Phase;
import io.rekindle.run.RunState.Ruling;
import io.rekindle.run.StepState;
import io.rekindle.simulator.fault.Aim;
import io.rekindle.simulator.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The visitor counter comes home through real calls, by a worker process, on a real Temporal
 * server, with what was written meanwhile.
 */
class RealFailbackIT {
  private static final RealServers SERVERS = RealServers.shared();

  /** AWS does not tell whether a password was set; so it may be set again, to the same one. */
  private static final List<String> UNGUARDED =
      List.of(
          "home-credentials ModifyDBInstance in us-east-2",
          "pilot-credentials ModifyDBInstance in us-west-2");

  private static final String COMPARED_FOR = "    timeout: 5m ";

  private static final String SERVES =
      "  # Nothing serves before the old side is shut, as far as it can be.\n";
  private static final String COUNTED =
      """
        - id: counted
          uses: verify.tables
          with:
            url: "jdbc:mysql://${database.endpoint}:${database.port}/visitors"
            secret: "${credentials.secret}"
            tables: all
      """;
  private static final String ARRIVES = "contains: \"${recovery.region}\", passes: 5 }\n";

  private final RawAws east = new RawAws(SERVERS.simulator().endpoint(), "us-east-2");
  private final RawAws west = new RawAws(SERVERS.simulator().endpoint(), "us-west-2");

  @Test
  void theApplicationComesHomeWithWhatWasWrittenMeanwhile() throws Exception {
    try (RealRun run = new RealRun(SERVERS)) {
      RealWayBack back = RealWayBack.recovered(run);
      assertThat(run.everybody().visit()).startsWith("us-west-2 has counted 43");

      RunState end = back.agreed().home();

      assertThat(end.outcome()).isEqualTo(Outcome.FAILED_BACK);
      assertThat(end.steps()).extracting(StepState::status).containsOnly(StepState.Status.DONE);
      assertThat(run.step(end, "canary").outputs())
          .containsEntry("token", "visitor-counter/" + end.run() + "/canary/g1")
          .containsEntry(
              "written", run.step(end, "canary-home").outputs().getOrDefault("written", "never"));
      assertThat(run.everybody().health()).startsWith("us-east-2 has counted 43");
      assertThat(run.changes().values()).as("repeated changes: 0").containsOnly(1L);
      assertThat(west.desired()).isZero();
      assertThat(west.databases()).containsExactly("lampstack-pilot");
      assertThat(west.snapshots()).contains("lampstack-db-after-failback-" + end.run());
      assertThat(east.databases())
          .containsExactlyInAnyOrder("lampstack-db", "lampstack-db-quarantine-" + end.run());
    }
  }

  @Tag("sweep")
  @Test
  void aWorkerMayDieRightAfterEveryChangeOfTheWayBack() throws Exception {
    try (RealRun run = new RealRun(SERVERS)) {
      RealWayBack back = RealWayBack.recovered(run);
      run.everybody().visit();
      Set<String> before = run.changes().keySet();
      run.killedAfterEach(call -> !before.contains(RealRun.name(call)));

      assertThat(back.agreed().home().outcome()).isEqualTo(Outcome.FAILED_BACK);

      assertThat(run.kills()).hasSize(run.changes().size() - before.size());
      assertThat(run.everybody().health()).startsWith("us-east-2 has counted 43");
      Map<String, Long> changes = run.changes();
      UNGUARDED.forEach(each -> assertThat(changes.remove(each)).as(each).isBetween(1L, 2L));
      assertThat(changes.values()).as("%s", changes).containsOnly(1L);
    }
  }

  @Test
  void itIsRefusedWhileThePrimaryIsDark() throws Exception {
    try (RealRun run = new RealRun(SERVERS)) {
      RealWayBack back = RealWayBack.recovered(run);
      try (Fault outage = run.simulator().faults().dark("us-east-2")) {
        Ruling refused = back.begin();
        assertThat(refused.obeyed()).isFalse();
        assertThat(refused.sentence()).startsWith("us-east-2 does not answer");
        assertThat(outage.hits()).isPositive();
      }
      RunState state = run.await("it serves", any -> any.phase() == Phase.SERVING);
      assertThat(state.rulings())
          .as("it was decided once")
          .filteredOn(ruling -> ruling.verb().equals("failback"))
          .hasSize(1);
      assertThat(run.everybody().health()).startsWith("us-west-2 has counted 42");
    }
  }

  /** It is tried on while the recovery Region serves, and holds as soon as it is heard. */
  @Test
  void itIsRefusedUntilAFenceThatWasLeftOpenHolds() throws Exception {
    try (RealRun run = new RealRun(SERVERS)) {
      Aim fencing = Aim.anything().in("us-east-2").ofStep("fence");
      try (Fault deaf = run.simulator().faults().cut(fencing)) {
        RealWayBack back = new RealWayBack(run);
        RunState served = run.start().approve(true).recovered();
        assertThat(served.openFences()).extracting(OpenFence::fence).containsExactly("fence");
        Ruling refused = back.begin();
        assertThat(refused.obeyed()).isFalse();
        assertThat(refused.sentence())
            .startsWith("the fence 'fence' does not hold yet, and traffic does not return");
        deaf.end();
        run.await("the fence holds", state -> state.openFences().isEmpty());
        assertThat(back.agreed().home().outcome()).isEqualTo(Outcome.FAILED_BACK);
      }
    }
  }

  @Tag("sweep")
  @Test
  void aComparisonThatDiffersHoldsTheTraffic() throws Exception {
    try (RealRun run = new RealRun(SERVERS)) {
      RealWayBack back = RealWayBack.recovered(run);
      run.simulator()
          .witness(call -> {
            if (RealRun.name(call)
                .equals("home-credentials UpdateSecretVersionStage in us-east-2")) {
              east.writeRow();
            }
          });
      back.agreed(run.plan().replace(COMPARED_FOR, "    timeout: 5s "));
      assertThat(run.awaitBlocked("compare")).contains("42", "43");
      assertThat(run.hasChanged("home-service")).isFalse();
      assertThat(run.hasChanged("home-dns")).isFalse();
      back.givenUp();
    }
  }

  /** And the way can be taken again. */
  @Tag("sweep")
  @Test
  void givenUpBeforeTrafficMovesTheRecoveryRegionServesOn() throws Exception {
    try (RealRun run = new RealRun(SERVERS)) {
      RealWayBack back = RealWayBack.recovered(run);
      run.everybody().visit();
      List<Object> recovered = estate();
      Fault refusal =
          run.simulator()
              .faults()
              .refuse(
                  Aim.at("ecs", "UpdateService").ofStep("home-service"),
                  400,
                  "AccessDeniedException",
                  "not today");
      back.agreed();
      run.awaitBlocked("home-service");

      assertThat(back.givenUp().stayed()).startsWith("aborted: not today; all changes were undone");

      assertThat(run.everybody().health()).startsWith("us-west-2 has counted 43");
      assertThat(estate()).isEqualTo(recovered);
      refusal.end();
      assertThat(back.agreed().home().outcome()).isEqualTo(Outcome.FAILED_BACK);
      assertThat(run.everybody().health()).startsWith("us-east-2 has counted 43");
    }
  }

  /** Its traffic has moved, and nothing shows that users arrive. */
  private static void unverified(RealRun run) {
    run.start(
            run.plan()
                .replace(SERVES, COUNTED + SERVES)
                .replace("needs: [data, fence, ", "needs: [counted, fence, ")
                .replace(ARRIVES, "contains: nowhere }\n    timeout: 5s\n"))
        .approve(false)
        .people()
        .doTasks();
    run.awaitBlocked("public");
  }

  private static Decision goHome(String... accepted) {
    return new Decision.Failback(
        null, List.of(accepted), "it does not serve", "incident-commander", null);
  }

  private void assertHome(RealRun run, RunState end) throws Exception {
    assertThat(end.outcome()).as(end.doubt()).isEqualTo(Outcome.FAILED_BACK);
    assertThat(run.everybody().health()).startsWith("us-east-2 has counted 42");
    assertThat(west.desired()).isZero();
    assertThat(west.databases()).containsExactly("lampstack-pilot");
    assertThat(end.ending()).contains("kept: database: ");
  }

  @Test
  void theQuickWayBackWhereNothingWasWritten() throws Exception {
    try (RealRun run = new RealRun(SERVERS)) {
      unverified(run);
      Ruling obeyed = run.decide(goHome());
      assertThat(obeyed.obeyed()).as(obeyed.sentence()).isTrue();
      assertThat(obeyed.sentence()).contains("'database' took no writes: 'counted' reads the same");
      assertHome(run, run.awaitEnd());
    }
  }

  @Test
  void theQuickWayBackWhereSomethingWas() throws Exception {
    try (RealRun run = new RealRun(SERVERS)) {
      unverified(run);
      assertThat(run.everybody().visit()).startsWith("us-west-2 has counted 43");
      Ruling refused = run.decide(goHome());
      assertThat(refused.obeyed()).isFalse();
      assertThat(refused.sentence())
          .contains("`rekindle failback visitor-counter --accept writes:database`")
          .contains("visits has 43 rows instead of 42");
      assertThat(run.decide(goHome("writes:database")).obeyed()).isTrue();
      assertHome(run, run.awaitEnd());
    }
  }

  /** What a way back changes, in both Regions. */
  private List<Object> estate() throws Exception {
    List<Object> estate = new ArrayList<>();
    for (RawAws aws : List.of(east, west)) {
      estate.add(aws.desired());
      estate.add(aws.groups());
      estate.add(aws.secret());
    }
    return estate;
  }
}
