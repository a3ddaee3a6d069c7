package io.rekindle.starter.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.door.FailoverRequest;
import io.rekindle.plan.Mode;
import io.rekindle.plan.PlanReader;
import io.rekindle.rehearse.Script;
import io.rekindle.starter.CommandFixture;
import io.rekindle.starter.ExitCode;
import io.rekindle.starter.local.LocalTemporal;
import io.rekindle.starter.run.Runs;
import io.rekindle.starter.run.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people type while a run is open. */
class RunCommandsTest {
  private static final String PLAN =
      """
      application: shop
      regions: { primary: us-east-2, recovery: us-west-2 }
      failover:
        - id: approve
          uses: approval
          with: { question: "Fail over?", approvers: [anna, bert] }
        - id: service
          uses: ecs.scaleService
          with: { cluster: shop, service: web, desired: 2 }
      """;
  private static final Script QUICK = Script.SMOOTH.slower("service", 0.0001);

  private LocalTemporal temporal = new LocalTemporal(QUICK);

  private void started(Script script) {
    temporal.close();
    temporal = new LocalTemporal(script);
    started();
  }

  private void started() {
    FailoverRequest request =
        FailoverRequest.whole(PlanReader.tree(PLAN), Mode.OUTAGE, Map.of(), "a test", "carla");
    try (Runs runs =
        new Server(Optional.of(temporal.address()), Optional.empty(), Optional.empty()).connect()) {
      runs.start("shop", request);
    }
    awaitExit(ExitCode.WAITING);
  }

  private CommandFixture run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--address");
    all.add(temporal.address());
    return CommandFixture.run(all.toArray(String[]::new));
  }

  private CommandFixture awaitExit(ExitCode code) {
    for (int i = 0; i < 100; i++) {
      CommandFixture status = run("status", "shop");
      if (status.exitCode() == code.code() && !status.out().contains("No worker answered")) {
        return status;
      }
    }
    throw new AssertionError(run("status", "shop").out());
  }

  @AfterEach
  void stop() {
    temporal.close();
  }

  @Test
  void aGateIsShownAnsweredAndTheRunFollowedToItsEnd() {
    started();
    CommandFixture status = run("status", "shop").exits(ExitCode.WAITING);
    assertThat(status.out())
        .contains(
            "shop, run ", ": WAITING", "Gate 'approve': Fail over? (0 of 1 agreed, open until ")
        .contains("approve  asking")
        .containsPattern("rekindle approve shop --gate approve --shown [0-9a-f]{8} --comment '…'");

    assertThat(run("approve", "shop", "--by", "dora").exits(ExitCode.FAILED).out())
        .isEqualTo("shop: refused, 'dora' may not approve gate 'approve'; anna or bert may\n");
    assertThat(run("approve", "shop", "--by", "anna", "--comment", "go").exits(ExitCode.DONE).out())
        .isEqualTo("shop: gate 'approve' is approved\n");

    assertThat(run("watch", "shop").exits(ExitCode.DONE).out()).contains("service done", "SERVING");
    assertThat(run("report", "shop").exits(ExitCode.DONE).out())
        .startsWith("# shop, failover, outage: run ")
        .contains("**RECOVERED**: the application serves", "- changes applied: 1", "done; scale");
    assertThat(run("close", "shop", "--by", "anna").exits(ExitCode.DONE).out())
        .isEqualTo("shop: the run is closed; the application stays where it is\n");
    assertThat(temporal.cloud().repeatedChanges()).isZero();

    temporal.stopWorkers();
    assertThat(run("report", "shop", "--format", "json").json().path("outcome").asText())
        .as("what a closed run left behind needs no worker")
        .isEqualTo("RECOVERED");
  }

  @Test
  void aBlockedStepIsPutRight() {
    started(QUICK.failing("service", Script.FOR_GOOD));
    run("approve", "shop", "--by", "anna").exits(ExitCode.DONE);
    assertThat(run("watch", "shop", "--until-waiting").exits(ExitCode.WAITING).out())
        .contains("service blocked: ecs.scaleService on service in us-west-2: ACCESS");
    assertThat(run("report", "shop").exits(ExitCode.WAITING).out())
        .contains("- critical path: approve > service, which waits for a person\n");
    assertThat(run("retry", "shop", "service", "--set", "desird=3").exits(ExitCode.FAILED).out())
        .startsWith("shop: refused, step 'service' has no field 'desird'; it has ");
    assertThat(run("skip", "shop", "service", "--reason", "by hand").exits(ExitCode.DONE).out())
        .isEqualTo("shop: step 'service' is skipped\n");
    assertThat(awaitExit(ExitCode.FAILED).out())
        .as("nobody saw the service come up")
        .contains("SERVING, UNVERIFIED")
        .contains("no step that starts what serves, or moves traffic to it, is done");
    run("report", "shop").exits(ExitCode.FAILED);
    run("watch", "shop").exits(ExitCode.FAILED);
  }

  @Test
  void theApplicationIsBroughtBackByAnotherPlan(@TempDir Path folder) throws IOException {
    String wayBack =
        """
        failback:
          - { id: return, uses: approval, with: { question: "Go home?" } }
          - id: home-service
            uses: ecs.scaleService
            with: { cluster: shop, service: web, desired: 2 }
        """;
    String plan = Files.writeString(folder.resolve("shop.yaml"), PLAN + wayBack).toString();
    started(QUICK.slower("home-service", 0.0001));
    assertThat(run("failback", "shop").exits(ExitCode.FAILED).out())
        .isEqualTo(
            "shop: refused, only an application that serves from the recovery Region can be brought"
                + " back; this run is waiting\n");
    run("approve", "shop", "--by", "anna").exits(ExitCode.DONE);
    run("watch", "shop").exits(ExitCode.DONE);
    assertThat(run("failback", "shop").exits(ExitCode.FAILED).out())
        .isEqualTo(
            "shop: refused, the plan has no failback for this mode: send one that has, with the"
                + " decision\n");
    assertThat(run("failback", "shop", plan, "--by", "anna").exits(ExitCode.DONE).out())
        .isEqualTo(
            "shop: the way back to us-east-2 begins; until its traffic moves, abort gives it up\n");
    awaitExit(ExitCode.WAITING);
    run("approve", "shop", "--by", "bert").exits(ExitCode.DONE);
    run("watch", "shop").exits(ExitCode.DONE);
    assertThat(run("report", "shop").exits(ExitCode.DONE).out())
        .contains("**FAILED BACK**: the application serves from the primary Region again")
        .contains("home-service");
  }

  @Test
  void aDrillIsStartedByItsNameAndFollowed(@TempDir Path folder) throws IOException {
    String drills =
        """
        drills:
          - { name: monthly, cron: "0 5 1 * *" }
          - { name: weekly, cron: "0 3 * * SUN", steps: [service] }
        """;
    started(QUICK);
    run("abort", "shop", "--reason", "first things first").exits(ExitCode.DONE);
    String plan = Files.writeString(folder.resolve("shop.yaml"), PLAN + drills).toString();
    assertThat(run("drill", plan).exits(ExitCode.BAD_INPUT).err())
        .isEqualTo("Choose a drill with --name: monthly, weekly.\n");
    assertThat(run("drill", plan, "--name", "weakly").exits(ExitCode.BAD_INPUT).err())
        .isEqualTo(
            "There is no drill 'weakly', did you mean 'weekly'?; the plan has monthly, weekly.\n");
    assertThat(run("drill", plan, "--name", "weekly", "--wait").exits(ExitCode.DONE).out())
        .startsWith(
            "shop: the drill 'weekly' is started; `rekindle drill watch shop weekly` follows it.\n")
        .contains("service undone", "every step of the drill is over; all changes were undone");
    run("drill", "watch", "shop", "weekly").exits(ExitCode.DONE);
    assertThat(run("drill", "watch", "shop", "monthly").exits(ExitCode.BAD_INPUT).err())
        .startsWith("The drill 'monthly' of shop has not run yet at ");
    assertThat(temporal.cloud().undone()).hasSameSizeAs(temporal.cloud().log());
  }

  @Test
  void aServerWithoutSchedulesSaysSo(@TempDir Path folder) throws IOException {
    String drills = "drills: [{ name: monthly, cron: '0 5 1 * *' }]\n";
    String plan = Files.writeString(folder.resolve("shop.yaml"), PLAN + drills).toString();
    assertThat(run("drill", "schedule", plan).exits(ExitCode.BAD_INPUT).err())
        .isEqualTo(run("drill", "list").exits(ExitCode.BAD_INPUT).err())
        .isEqualTo(
            "The Temporal server at %s, namespace default has no schedules: it is the small one that"
                    .formatted(temporal.address())
                + " stands in where there is no `temporal` command. Use --address of a real"
                + " one.\n");
    String none = Files.writeString(folder.resolve("none.yaml"), PLAN).toString();
    assertThat(run("drill", none).exits(ExitCode.BAD_INPUT).err())
        .isEqualTo("The plan of shop has no drills.\n");
    assertThat(run("drill").exits(ExitCode.BAD_INPUT).err())
        .isEqualTo("Name a plan file, or one of: watch, schedule, list, unschedule.\n");
  }

  @Test
  void aPlanWithAMistakeSchedulesNothing(@TempDir Path folder) throws IOException {
    String drills =
        "drills: [{ name: good, cron: '0 5 1 * *' }, { name: bad, cron: '0 5 31 2 *' }]";
    String plan = Files.writeString(folder.resolve("shop.yaml"), PLAN + drills).toString();
    assertThat(
            CommandFixture.run("drill", "schedule", plan, "--address", "127.0.0.1:1")
                .exits(ExitCode.BAD_INPUT)
                .err())
        .as("before any server is asked")
        .contains("never fires: day 31 of month 2 is in no calendar");
  }

  @Test
  void scriptsReadJson() {
    started();
    CommandFixture status = run("status", "shop", "--output", "json");
    assertThat(status.json().at("/state/gates/0/id").asText()).isEqualTo("approve");
    assertThat(status.json().at("/phase").asText()).isEqualTo("WAITING");
    CommandFixture pause = run("pause", "shop", "--output", "json").exits(ExitCode.DONE);
    assertThat(pause.json().path("obeyed").asBoolean()).isTrue();
  }

  @Test
  void aRejectedRunFails() {
    started();
    run("reject", "shop", "--comment", "false alarm").exits(ExitCode.DONE);
    assertThat(run("watch", "shop").exits(ExitCode.FAILED).out()).contains("rejected: false alarm");
    assertThat(run("approve", "shop", "--by", "anna").exits(ExitCode.BAD_INPUT).err())
        .isEqualTo("No run of shop is open at " + temporal.address() + ", namespace default.\n");
  }

  @Test
  void aDecisionIsKeptWhileNoWorkerIsUp() {
    started();
    temporal.stopWorkers();
    assertThat(run("status", "shop").out())
        .contains("shop, run ", ": WAITING", "No worker answered");
    assertThat(run("approve", "shop", "--by", "anna").exits(ExitCode.DONE).out())
        .startsWith(
            "shop: no worker answered; the decision is kept. Follow it with `rekindle status"
                + " shop`");
    temporal.restartWorkers();
    run("watch", "shop").exits(ExitCode.DONE);
  }

  @Test
  void aFailoverIsStartedOnceAndTheSecondNamesTheFirst(@TempDir Path folder) throws IOException {
    String plan = Files.writeString(folder.resolve("shop.yaml"), PLAN).toString();
    assertThat(run("failover", plan).exits(ExitCode.BAD_INPUT).err())
        .isEqualTo("Not started. Answer yes, or use --yes.\n");
    assertThat(run("failover", plan, "--yes", "--set", "x=1").exits(ExitCode.BAD_INPUT).err())
        .contains("there is no parameter 'x'");
    assertThat(
            run("failover", plan, "--yes", "--wait", "--by", "carla").exits(ExitCode.WAITING).out())
        .startsWith("shop: the failover is started; `rekindle watch shop` follows it.\n")
        .contains("approve asking");
    String first = run("status", "shop", "--output", "json").json().path("run").asText();
    assertThat(run("failover", plan, "--yes").exits(ExitCode.BAD_INPUT).err())
        .isEqualTo(
            "Run "
                + first
                + " of shop is still open (waiting). Close or abort it first; see `rekindle status"
                + " shop`.\n");
  }

  @Test
  void aRunThatIsNotThereIsNamed() {
    started();
    assertThat(run("status", "shopp").exits(ExitCode.BAD_INPUT).err())
        .isEqualTo("There is no run of shopp at " + temporal.address() + ", namespace default.\n");
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    CommandFixture status =
        CommandFixture.run("status", "shop", "--address", "127.0.0.1:1")
            .exits(ExitCode.UNREACHABLE);
    assertThat(status.err())
        .startsWith("No Temporal server answered at 127.0.0.1:1, namespace default within 5s: ")
        .endsWith(". Set --address or TEMPORAL_ADDRESS.\n");
  }
}
