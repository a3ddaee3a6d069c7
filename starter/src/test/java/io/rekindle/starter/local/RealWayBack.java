package io.rekindle.starter.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.plan.PlanReader;
import io.rekindle.run.Decision;
import io.rekindle.run.RunState;
import io.rekindle.run.RunState.Phase;
import io.rekindle.run.RunState.Ruling;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The way back of a run that has recovered, by the people whom its gate asks. */
record RealWayBack(RealRun run) {
  /** With a worker that dies at every change. */
  private static final Duration UNTIL_HOME = Duration.ofMinutes(10);

  static RealWayBack recovered(RealRun run) {
    run.start().approve(false).recovered();
    return new RealWayBack(run);
  }

  Ruling begin() {
    return begin(null);
  }

  private Ruling begin(@Nullable JsonNode plan) {
    return run.decide(new Decision.Failback(plan, "it is healthy", "incident-commander", null));
  }

  RealWayBack agreed() {
    return agreed(begin());
  }

  /** By another plan. */
  RealWayBack agreed(String plan) {
    return agreed(begin(PlanReader.tree(plan)));
  }

  private RealWayBack agreed(Ruling begun) {
    assertThat(begun.obeyed()).as(begun.sentence()).isTrue();
    run.await("the gate of the way back is open", RealWayBack::isAsked);
    run.attended("the way back is agreed to", state -> !isAsked(state));
    return this;
  }

  private static boolean isAsked(RunState state) {
    return state.gates().stream().anyMatch(gate -> gate.open() && gate.id().equals("return"));
  }

  RunState home() {
    return run.ended(UNTIL_HOME);
  }

  /** Given up, and undone. */
  RunState givenUp() {
    Ruling ruling = run.decide(new Decision.Abort(false, "not today", "incident-commander", null));
    assertThat(ruling.obeyed()).as(ruling.sentence()).isTrue();
    return run.awaitThough(
        "it serves where it was",
        state -> state.phase() == Phase.SERVING && state.stayed() != null);
  }
}
