package io.rekindle.starter.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.door.FailoverRequest;
import io.rekindle.plan.Mode;
import io.rekindle.plan.PlanReader;
import io.rekindle.run.Decision;
import io.rekindle.run.Finding;
import io.rekindle.run.Gate;
import io.rekindle.run.RunState;
import io.rekindle.run.StepState.Status;
import io.rekindle.starter.CommandFixture;
import io.rekindle.starter.ExitCode;
import io.rekindle.starter.run.Runs;
import io.rekindle.starter.run.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Two hundred steps with long names that all wait for a person at once: more than a search
 * attribute holds, for which a server on PostgreSQL once ended the run.
 */
final class WideRun {
  private static final String APPLICATION = "wide";
  private static final String ID = "scale-a-service-whose-name-is-as-long-as-people-write-it-%03d";
  private static final int STEPS = 200;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final RealServers servers;

  private WideRun(RealServers servers) {
    this.servers = servers;
  }

  static void isSeenAnsweredAndAbortedOn(RealServers servers) throws Exception {
    Child worker = servers.startWorker();
    try {
      new WideRun(servers).play();
    } finally {
      worker.kill();
    }
  }

  private void play() throws Exception {
    start();
    RunState asking = await("it asks", state -> state.gates().stream().anyMatch(Gate::open));
    List<String> failing = asking.failing(step -> true).stream().map(Finding::name).toList();
    assertThat(failing).as("no such cluster exists").hasSize(STEPS);
    tell(new Decision.Approve(null, null, false, failing, "go", "anna", null));
    await("all are blocked", state -> with(state, Status.BLOCKED) == STEPS);
    isSeen();
    isAnswered();
    rekindle(ExitCode.DONE, "abort", "--reason", "enough");
    await("it is over", state -> state.outcome() == RunState.Outcome.ABORTED);
    assertThat(temporal("describe", "--workflow-id", "failover/" + APPLICATION))
        .contains("ABORTED");
  }

  private void start() {
    String steps =
        IntStream.range(0, STEPS)
            .mapToObj(i ->
                "  - { id: %s, uses: ecs.scaleService, needs: [approve], with: { cluster: nowhere, service: s%d, desired: 1 } }%n"
                    .formatted(ID.formatted(i), i))
            .collect(joining());
    String plan =
        """
        application: wide
        regions: { primary: us-east-2, recovery: us-west-2 }
        failover:
          - { id: approve, uses: approval, with: { question: "Fail over?" } }
        """
            + steps;
    try (Runs runs = servers.runs()) {
      runs.start(
          APPLICATION,
          FailoverRequest.whole(PlanReader.tree(plan), Mode.OUTAGE, Map.of(), "a test", "a test"));
    }
  }

  private void isSeen() throws Exception {
    assertThat(rekindle(ExitCode.WAITING, "status")).contains(ID.formatted(0), ID.formatted(199));
    assertThat(temporal("describe", "--workflow-id", "failover/" + APPLICATION))
        .contains(ID.formatted(0), "and 197 more");
    Instant end = Instant.now().plus(PATIENCE);
    String query = "RekindleApplication='wide' AND RekindlePhase='RECOVERING'";
    while (!temporal("list", "--query", query).contains("and 197 more")) {
      assertThat(Instant.now()).as("found by its attributes").isBefore(end);
      Child.sleep();
    }
  }

  private void isAnswered() {
    rekindle(ExitCode.DONE, "retry", ID.formatted(7));
    rekindle(ExitCode.DONE, "skip", ID.formatted(9), "--reason", "not needed");
    RunState state =
        await(
            "both decisions are obeyed",
            any -> with(any, Status.BLOCKED) == STEPS - 1 && with(any, Status.SKIPPED) == 1);
    assertThat(state.rulings()).hasSize(3).allMatch(RunState.Ruling::obeyed);
  }

  private static long with(RunState state, Status status) {
    return state.steps().stream().filter(step -> step.status() == status).count();
  }

  private void tell(Decision decision) {
    try (Runs runs = servers.runs()) {
      runs.signal(APPLICATION, decision);
    }
  }

  private RunState await(String what, Predicate<RunState> condition) {
    Instant end = Instant.now().plus(PATIENCE);
    try (Runs runs = servers.runs()) {
      while (true) {
        Seen seen = runs.see(APPLICATION);
        if (seen.state().filter(condition).isPresent()) {
          return seen.state().get();
        }
        assertThat(Instant.now()).as("%s: %s", what, seen).isBefore(end);
        Child.sleep();
      }
    }
  }

  private String rekindle(ExitCode code, String command, String... options) {
    List<String> words = new ArrayList<>(List.of(command, APPLICATION));
    words.addAll(List.of(options));
    words.addAll(List.of("--address", servers.temporal().address()));
    return CommandFixture.run(words.toArray(String[]::new)).exits(code).out();
  }

  private String temporal(String command, String... options) throws Exception {
    List<String> words =
        new ArrayList<>(List.of(servers.temporal().cli().toString(), "workflow", command));
    words.addAll(List.of("--address", servers.temporal().address(), "--output", "json"));
    words.addAll(List.of(options));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as("%s: %s", words, said).isZero();
    return RealRun.readable(said);
  }
}
