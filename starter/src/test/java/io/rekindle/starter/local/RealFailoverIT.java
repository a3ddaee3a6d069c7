package io.rekindle.starter.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.run.RunState;
import io.rekindle.run.StepState;
import io.rekindle.simulator.Call;
import io.rekindle.simulator.fault.Aim;
import io.rekindle.simulator.fault.Fault;
import io.rekindle.simulator.fault.Faults;
import io.rekindle.starter.CommandFixture;
import io.rekindle.starter.ExitCode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The visitor counter recovers through real calls, by a worker process, on a real Temporal server,
 * whatever is killed on the way; and nothing is made twice.
 */
class RealFailoverIT {
  private static final int KILLS = 4;
  private static final List<String> FENCES = List.of("fence", "fence-database");

  /** Until a fence that gets no answer is given up, with what it takes to be told. */
  private static final Duration FENCING = Duration.ofSeconds(35);

  @TempDir private static Path folder;
  private static RealServers servers;
  private static Map<String, Long> undisturbed;
  private static List<String> calls;
  private static List<String> passwords;
  private static String written;

  @BeforeAll
  static void recoverUndisturbed() throws Exception {
    servers = new RealServers(folder);
    try (RealRun run = new RealRun(servers)) {
      visit(run.counter().site().everybody());
      RunState state = run.start().approve(false).recovered();

      assertThat(state.steps()).extracting(StepState::status).containsOnly(StepState.Status.DONE);
      assertThat(visit(run.counter().site().everybody())).startsWith("us-west-2 has counted 42");
      undisturbed = run.changes();
      passwords = new RawAws(run.simulator().endpoint(), "us-west-2").passwords();
      written = written(run);
      calls = run.changeCalls().stream().map(RealFailoverIT::name).distinct().toList();
    }
  }

  @AfterAll
  static void stop() {
    servers.close();
  }

  @Test
  void aWorkerMayDieRightAfterAnyChange() throws Exception {
    List<String> some = new ArrayList<>(calls);
    Collections.shuffle(some, new Random(20261121));
    for (String change : some.subList(0, Math.min(KILLS, some.size()))) {
      recoversWhenKilled("after " + change, call -> name(call).equals(change));
    }
  }

  @Tag("sweep")
  @Test
  void aWorkerMayDieRightAfterEveryChange() throws Exception {
    for (String change : calls) {
      recoversWhenKilled("after " + change, call -> name(call).equals(change));
    }
  }

  @Tag("sweep")
  @Test
  void aWorkerMayDieAtTheFirstLookOfEveryStep() throws Exception {
    Set<String> steps = new HashSet<>();
    undisturbed.keySet().forEach(change -> steps.add(change.split(" ", 2)[0]));
    for (String step : steps) {
      recoversWhenKilled("at the first look of " + step, call -> call.caller().step().equals(step));
    }
  }

  /** What nobody may read later: the passwords there were, and the one made on the way. */
  @Test
  void noSecretIsWrittenDownAnywhere() {
    assertThat(passwords).hasSizeGreaterThan(1).allMatch(each -> each.length() > 10);
    assertThat(written).contains("secrets.syncFromRds.apply", "lampstack/db", "# visitor-counter");
    assertThat(passwords).noneMatch(written::contains);
  }

  /** History, log and reports of a run. */
  private static String written(RealRun run) throws Exception {
    StringBuilder written = new StringBuilder(run.history());
    try (Stream<Path> logs = Files.list(servers.logs())) {
      for (Path log : logs.toList()) {
        written.append(Files.readString(log));
      }
    }
    for (String format : List.of("md", "html", "json")) {
      written.append(
          CommandFixture.run(
                  "report", RealRun.APPLICATION, "--format", format, "--address", servers.address())
              .exits(ExitCode.DONE)
              .out());
    }
    return written.toString();
  }

  @Tag("sweep")
  @Test
  void withTheRegionDarkTheFencesGiveUpAndNothingOnTheWayAsksIt() throws Exception {
    try (RealRun run = new RealRun(servers);
        Fault outage = run.simulator().faults().dark("us-east-2")) {
      RunState state = run.start().approve(true).recovered();
      for (String fence : FENCES) {
        StepState step = run.step(state, fence);
        assertThat(step.status()).as(fence).isEqualTo(StepState.Status.GAVE_UP);
        assertThat(step.note()).isNotEmpty();
        assertThat(Duration.between(step.started(), step.ended())).isLessThan(FENCING);
      }
      assertThat(run.simulator().calls())
          .filteredOn(call -> call.region().equals("us-east-2") && !call.caller().step().isEmpty())
          .extracting(call -> call.caller().step())
          .containsOnly("fence", "fence-database", "alarm");
      assertThat(visit(run.counter().site().everybody())).startsWith("us-west-2 has counted 42");
      assertThat(outage.hits()).isPositive();
    }
  }

  @Tag("sweep")
  @Test
  void throttlingErrorsLostAnswersAndExpiredCredentialsOnlyDelayIt() throws Exception {
    try (RealRun run = new RealRun(servers)) {
      run.start();
      Faults faults = run.simulator().faults();
      for (String operation : operations()) {
        faults.loseAnswer(Aim.at("", operation).once());
      }
      faults.expireCredentials(Aim.anything().in("us-west-2").once());
      faults.unavailable(Aim.anything().times(10));
      faults.throttle(Aim.anything().lasting(Duration.ofSeconds(20)));
      run.approve(true).recovered();
      assertThat(run.changes().keySet()).isEqualTo(undisturbed.keySet());
      assertThat(run.changes())
          .as("what has a name is made once")
          .containsEntry("database RestoreDBInstanceFromDBSnapshot in us-west-2", 1L);
    }
  }

  @Tag("sweep")
  @Test
  void aDatabaseOfSomebodyElseUnderTheNameIsLeftAloneAndAPersonAsked() throws Exception {
    try (RealRun run = new RealRun(servers)) {
      run.start();
      String name = "lampstack-db-" + run.awaitGate().run();
      new RawAws(run.simulator().endpoint(), "us-west-2").createDatabase(name);
      run.approve(false);
      String note = run.awaitBlocked("database");
      assertThat(note).contains(name, "somebody else made it");
      assertThat(run.hasChanged("database")).isFalse();
    }
  }

  @Tag("sweep")
  @Test
  void theServerMayDieOnTheWay() throws Exception {
    try (RealRun run = new RealRun(servers)) {
      run.start().approve(false);
      run.await("the restore is under way", state -> run.hasChanged("database"));
      servers.restartTemporal();
      run.recovered();
      assertThat(run.changes()).isEqualTo(undisturbed);
    }
  }

  private static List<String> operations() {
    return undisturbed.keySet().stream().map(change -> change.split(" ")[1]).distinct().toList();
  }

  private static String name(Call call) {
    return call.caller().step() + " " + call.operation() + " in " + call.region();
  }

  private static void recoversWhenKilled(String when, Predicate<Call> moment) {
    try (RealRun run = new RealRun(servers).killedAfter(moment)) {
      run.start().approve(false).recovered();
      assertThat(run.kills()).as(when).hasSize(1);
      assertThat(run.changes()).as(when).isEqualTo(undisturbed);
    }
  }

  private static String visit(URI site) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(site.resolve("/health")).build(), BodyHandlers.ofString())
          .body();
    }
  }
}
