package io.rekindle.starter.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.run.Decision;
import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.run.StepState;
import io.rekindle.run.StepState.Status;
import io.rekindle.simulator.contract.Guard;
import io.rekindle.simulator.contract.Policy;
import io.rekindle.starter.CommandFixture;
import io.rekindle.starter.ExitCode;
import io.rekindle.starter.Sample;
import io.rekindle.starter.run.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code rekindle iam} prints carries a run of the visitor counter from its first look to its
 * end, and nothing of it is there in vain.
 */
class PolicyCarriesTheRunIT {
  private static final RealServers SERVERS = RealServers.shared();
  private static final Guard GUARD = SERVERS.simulator().guard();
  private static final String APPLICATION = "visitor-counter";
  private static final Set<String> OF_A_FAILOVER = Set.of("recovery", "fence");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Each takes 18 s: {@code -Dremovals=1} removes every action in turn, others some of them. */
  private static final int EVERY = Integer.getInteger("removals", 4);

  @TempDir private Path folder;

  @AfterEach
  void everybodyMayDoEverythingAgain() {
    GUARD.permit(caller -> Optional.empty());
    GUARD.refused();
  }

  @Test
  void allOfItAndNothingElseCarriesTheRunToItsEnd() throws IOException {
    try (RealRun run = new RealRun(SERVERS)) {
      permitAllBut("", run);
      RunState state = run.start().approve(false).recovered();

      assertThat(state.steps()).extracting(StepState::status).containsOnly(Status.DONE);
      assertThat(GUARD.refused()).isEmpty();
    }
  }

  @Test
  void withoutOneActionItStopsAndNamesActionResourceAndRole() throws IOException {
    String action = "rds:RestoreDBInstanceFromDBSnapshot";
    try (RealRun run = new RealRun(SERVERS)) {
      permitAllBut(action, run);
      String said = run.start().approve(false).awaitBlocked("database");

      assertThat(said)
          .contains(action + " on resource: arn:aws:rds:us-west-2:123456789012:")
          .contains("Allow it to the role arn:aws:iam::123456789012:role/rekindle-recovery")
          .contains("'rekindle iam PLAN'");
    }
  }

  /**
   * What is asked for only when something is taken back, or by AWS itself, is never refused here:
   * then the run gets to its end.
   */
  @Tag("sweep")
  @ParameterizedTest
  @MethodSource("some")
  void withoutAnyOneItSaysWhichIsMissing(String action) throws IOException {
    String missing = "perform: " + action + " on resource: ";
    try (RealRun run = new RealRun(SERVERS)) {
      permitAllBut(action, run);
      RunState state = toItsEndOr(missing, run.start());
      boolean refused =
          GUARD.refused().stream().anyMatch(each -> each.contains(" " + action + " on "));

      assertThat(refused ? state.toString() : missing).contains(missing);
      assertThat(refused || state.outcome() == Outcome.RECOVERED).as(state.toString()).isTrue();
    }
  }

  private static JsonNode policies(Path plan) {
    return CommandFixture.run("iam", plan.toString(), "--format", "json")
        .exits(ExitCode.DONE)
        .json()
        .path("policies");
  }

  private static Stream<String> some() {
    List<String> all = List.copyOf(actions());
    return all.stream().filter(action -> Sample.draws(action, EVERY));
  }

  private static Set<String> actions() {
    Set<String> actions = new TreeSet<>();
    for (JsonNode policy : policies(Program.home().resolve("examples/visitor-counter.yaml"))) {
      if (OF_A_FAILOVER.contains(policy.path("role").asText())) {
        Policy.read(List.of(policy.path("document").toString()))
            .statements()
            .forEach(statement -> actions.add(statement.action()));
      }
    }
    return actions;
  }

  private void permitAllBut(String action, RealRun run) throws IOException {
    Path plan = Files.writeString(folder.resolve("plan.yaml"), run.plan());
    Map<String, List<String>> documents = new HashMap<>();
    for (JsonNode policy : policies(plan)) {
      if (OF_A_FAILOVER.contains(policy.path("role").asText())) {
        documents
            .computeIfAbsent(policy.path("attachTo").asText(""), role -> new ArrayList<>())
            .add(policy.path("document").toString());
      }
    }
    Map<String, Policy> byRole = new HashMap<>();
    documents.forEach((role, all) -> byRole.put(role, Policy.read(all).without(action)));
    Policy none = new Policy(List.of());
    GUARD.permit(caller ->
        caller.run().isEmpty()
            ? Optional.empty()
            : Optional.of(byRole.getOrDefault(caller.role(), none)));
  }

  /** What the run has become when it says this, or waits for a person to mend something. */
  private static RunState toItsEndOr(String said, RealRun run) {
    Instant end = Instant.now().plus(PATIENCE);
    RunState state = run.awaitGate();
    try (Runs runs = SERVERS.runs()) {
      runs.signal(APPLICATION, new Decision.Approve(null, false, "go", "incident-commander", null));
      while (Instant.now().isBefore(end) && !isAtAnEnd(state) && !state.toString().contains(said)) {
        state
            .tasks()
            .forEach(task ->
                runs.signal(
                    APPLICATION,
                    new Decision.Done(
                        task.id(), Map.of(), "https://example.com/", "at once", "a test", null)));
        Child.sleep();
        state = runs.see(APPLICATION).state().orElse(state);
      }
    }
    return state;
  }

  private static boolean isAtAnEnd(RunState state) {
    return state.outcome() != null
        || state.steps().stream().anyMatch(step -> step.status() == Status.BLOCKED);
  }
}
