package io.rekindle.starter.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.door.DrillRequest;
import io.rekindle.plan.PlanReader;
import io.rekindle.run.Drill;
import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Outcome;
import io.rekindle.starter.run.Runs;
import io.rekindle.starter.run.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/** One drill of the visitor counter, by a worker process, on a real Temporal server. */
record RealDrill(RealRun run, String name) {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  static RealDrill started(RealRun run, String name) {
    RealDrill drill = new RealDrill(run, name);
    try (Runs runs = run.servers().runs()) {
      runs.start(run.application(), new DrillRequest(PlanReader.tree(run.plan()), name, "a test"));
    }
    return drill;
  }

  Seen seen() {
    try (Runs runs = run.servers().runs()) {
      return runs.seeDrill(run.application(), Drill.id(run.application(), name));
    }
  }

  Seen await(String what, Predicate<Seen> condition) {
    Instant end = Instant.now().plus(PATIENCE);
    Seen seen = seen();
    while (!condition.test(seen)) {
      assertThat(Instant.now()).as("%s: %s", what, seen).isBefore(end);
      Child.sleep();
      seen = seen();
    }
    return seen;
  }

  Seen over() {
    return await("the drill is over", seen -> !seen.isOpen());
  }

  /** What it came to. */
  RunState ended() {
    return over().state().orElseThrow();
  }

  RunState drilled() {
    RunState end = ended();
    assertThat(end.outcome()).as(end.ending()).isEqualTo(Outcome.DRILLED);
    return end;
  }

  RealDrill awaitChange(String step) {
    await(step + " has changed something", seen -> run.hasChanged(step));
    return this;
  }

  /** By Temporal's own tool. */
  void cancel() throws Exception {
    String id = Drill.id(run.application(), name);
    StockTools.Said said =
        new StockTools(run.servers().temporal(), run.servers().logs())
            .type("temporal workflow cancel --workflow-id " + id);
    assertThat(said.exitCode()).as(said.out()).isZero();
  }
}
