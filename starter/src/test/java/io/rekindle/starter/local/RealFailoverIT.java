package io.rekindle.starter.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.run.RunState;
import io.rekindle.run.StepState;
import io.rekindle.simulator.Call;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
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

  @TempDir private static Path folder;
  private static RealServers servers;
  private static Map<String, Long> undisturbed;
  private static List<String> calls;

  @BeforeAll
  static void recoverUndisturbed() throws Exception {
    servers = new RealServers(folder);
    try (RealRun run = new RealRun(servers)) {
      visit(run.counter().site().everybody());
      RunState state = run.start().approve(false).recovered();

      assertThat(state.steps()).extracting(StepState::status).containsOnly(StepState.Status.DONE);
      assertThat(visit(run.counter().site().everybody())).startsWith("us-west-2 has counted 42");
      undisturbed = run.changes();
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
