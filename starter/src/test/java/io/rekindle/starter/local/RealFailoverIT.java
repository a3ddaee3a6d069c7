package io.rekindle.starter.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.run.RunState;
import io.rekindle.run.StepState;
import io.rekindle.simulator.Call;
import io.rekindle.simulator.Example;
import io.rekindle.simulator.dns.NameServer.Silence;
import io.rekindle.simulator.fault.Aim;
import io.rekindle.simulator.fault.Fault;
import io.rekindle.simulator.fault.Faults;
import io.rekindle.starter.CommandFixture;
import io.rekindle.starter.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The visitor counter recovers through real calls, by a worker process, on a real Temporal server,
 * whatever is killed on the way; and nothing is made twice.
 */
class RealFailoverIT {
  private static final int KILLS = 4;
  private static final List<String> FENCES = List.of("fence", "fence-database");

  /** Until a fence that gets no answer is given up, with what it takes to be told. */
  private static final Duration FENCING = Duration.ofSeconds(35);

  /** AWS does not tell whether a password was set; so it may be set again, to the same one. */
  private static final String UNGUARDED = "credentials ModifyDBInstance in us-west-2";

  /** A worker that dies on the way to it may find afterwards that nobody is connected any more. */
  private static final String AVOIDABLE = "fence-database RebootDBInstance in us-east-2";

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final RealServers SERVERS = RealServers.shared();
  private static Map<String, Long> undisturbed;
  private static List<String> calls;
  private static List<String> passwords;
  private static Instant pinned;
  private static String announced;
  private static String written;

  @BeforeAll
  static void recoverUndisturbed() throws Exception {
    try (RealRun run = new RealRun(SERVERS)) {
      Visitor everybody = run.everybody();
      assertThat(everybody.visit()).startsWith("us-east-2 has counted 43");
      Instant visited = Instant.now();
      pinned = Objects.requireNonNull(run.start().awaitGate().pins().get("database")).time();
      assertThat(pinned).isBefore(visited);
      announced = told(ExitCode.WAITING, "status");
      RunState state = run.approve(false).recovered();

      assertThat(state.steps()).extracting(StepState::status).containsOnly(StepState.Status.DONE);
      assertThat(everybody.health()).startsWith("us-west-2 has counted 42");
      assertThat(everybody.visit()).startsWith("us-west-2 has counted 43");
      undisturbed = run.changes();
      passwords = new RawAws(run.simulator().endpoint(), "us-west-2").passwords();
      written = written(run);
      calls = run.changeCalls().stream().map(RealRun::name).distinct().toList();
    }
  }

  @Test
  void aWorkerMayDieRightAfterAnyChangeAndSoMayTheNextOne() {
    List<String> some = new ArrayList<>(calls);
    assertThat(some.remove(AVOIDABLE)).isTrue();
    Collections.shuffle(some, new Random(20261121));
    recoversWhenKilled(
        some.stream().limit(KILLS).map(RealFailoverIT::after).toList(), "after each of " + some);
  }

  @Tag("sweep")
  @Test
  void aWorkerMayDieRightAfterEveryChange() throws Exception {
    for (String change : calls) {
      recoversWhenKilled(List.of(after(change)), "after " + change);
    }
  }

  @Tag("sweep")
  @Test
  void aWorkerMayDieAtTheFirstLookOfEveryStep() throws Exception {
    Set<String> steps = new HashSet<>();
    undisturbed.keySet().forEach(change -> steps.add(change.split(" ", 2)[0]));
    for (String step : steps) {
      recoversWhenKilled(
          List.of(call -> call.caller().step().equals(step)), "at the first look of " + step);
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
    try (Stream<Path> logs = Files.list(SERVERS.logs())) {
      for (Path log : logs.toList()) {
        written.append(Files.readString(log));
      }
    }
    for (String format : List.of("md", "html", "json")) {
      written.append(told(ExitCode.DONE, "report", "--format", format));
    }
    return written.toString();
  }

  private static String told(ExitCode code, String command, String... options) {
    List<String> words = new ArrayList<>(List.of(command, Example.VISITOR_COUNTER.plan()));
    words.addAll(List.of("--address", SERVERS.temporal().address()));
    words.addAll(List.of(options));
    return CommandFixture.run(words.toArray(String[]::new)).exits(code).out();
  }

  @Test
  void whatIsWrittenAfterTheCopyIsTheLossThatTheQuestionNamed() {
    assertThat(announced).contains("what was written after " + pinned + " is lost");
    assertThat(written).contains("of data, which was written after the copy that was restored");
  }

  @Tag("sweep")
  @Test
  void withTheRegionDarkTheFencesGiveUpAndNothingOnTheWayAsksIt() throws Exception {
    try (RealRun run = new RealRun(SERVERS);
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
      assertThat(run.everybody().health()).startsWith("us-west-2 has counted 42");
      assertThat(outage.hits()).isPositive();
    }
  }

  @Tag("sweep")
  @Test
  void withPort53ClosedItRecoversAndTheReportSaysWhatWasNotAsked() throws Exception {
    try (RealRun run = new RealRun(SERVERS)) {
      run.simulator().nameServer().fallSilent(Silence.EVERYBODY);
      RunState state = run.start().approve(false).recovered();
      assertThat(state.steps()).extracting(StepState::status).containsOnly(StepState.Status.DONE);
      assertThat(told(ExitCode.DONE, "report"))
          .contains("answers nothing in time", "Route 53 says that the change", "is INSYNC");
    }
  }

  @Tag("sweep")
  @Test
  void throttlingErrorsLostAnswersAndExpiredCredentialsOnlyDelayIt() throws Exception {
    try (RealRun run = new RealRun(SERVERS)) {
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
    try (RealRun run = new RealRun(SERVERS)) {
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
    try (RealRun run = new RealRun(SERVERS)) {
      run.start().approve(false);
      run.await("the restore is under way", state -> run.hasChanged("database"));
      SERVERS.temporal().kill();
      SERVERS.temporal().startAgain();
      run.recovered();
      assertThat(run.changes()).isEqualTo(undisturbed);
    }
  }

  @Tag("sweep")
  @Test
  void aWorkerMayBeThereBeforeItsServer() throws Exception {
    SERVERS.temporal().kill();
    Child worker = SERVERS.beginWorker("early", Map.of());
    awaitWords("early-1.log", "no Temporal server answered");
    SERVERS.temporal().startAgain();
    try (RealRun run = new RealRun(SERVERS, RealServers.ready(worker))) {
      run.start().approve(false).recovered();
      assertThat(run.changes()).isEqualTo(undisturbed);
    }
  }

  @Tag("sweep")
  @Test
  void theClockOfAWorkerMayBeAnHourAhead() throws Exception {
    Child worker =
        SERVERS.beginWorker(
            "ahead",
            Map.of(
                "LD_PRELOAD", OfThisMachine.anotherTime().toString(),
                "FAKETIME", "+1h",
                "FAKETIME_DONT_FAKE_MONOTONIC", "1"));
    try (RealRun run = new RealRun(SERVERS, RealServers.ready(worker))) {
      run.start().approve(false).recovered();
      assertThat(run.changes()).isEqualTo(undisturbed);
    }
  }

  private static void awaitWords(String log, String words) throws IOException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!Files.readString(SERVERS.logs().resolve(log)).contains(words)) {
      assertThat(Instant.now()).as("%s in %s", words, log).isBefore(end);
      Child.sleep();
    }
  }

  private static List<String> operations() {
    return undisturbed.keySet().stream().map(change -> change.split(" ")[1]).distinct().toList();
  }

  private static Map<String, Long> guarded(Map<String, Long> changes) {
    Map<String, Long> guarded = new HashMap<>(changes);
    guarded.remove(UNGUARDED);
    guarded.remove(AVOIDABLE);
    return guarded;
  }

  private static Predicate<Call> after(String change) {
    return call -> RealRun.name(call).equals(change);
  }

  private static void recoversWhenKilled(List<Predicate<Call>> moments, String when) {
    try (RealRun run = new RealRun(SERVERS).killedAfter(moments)) {
      run.start().approve(false).recovered();
      assertThat(run.kills()).as(when).hasSize(moments.size());
      assertThat(guarded(run.changes())).as(when).isEqualTo(guarded(undisturbed));
      assertThat(run.changes().get(UNGUARDED)).as(when).isBetween(1L, 2L);
      assertThat(run.changes().getOrDefault(AVOIDABLE, 0L)).as(when).isLessThanOrEqualTo(1);
    }
  }
}
