package io.rekindle.starter.run;

import io.rekindle.action.Observation;
import io.rekindle.door.FailoverRequest;
import io.rekindle.plan.Plan;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.Step;
import io.rekindle.run.Gate;
import io.rekindle.run.RunState;
import io.rekindle.run.StepState;
import io.rekindle.starter.BadInput;
import io.rekindle.starter.Unreachable;
import io.rekindle.starter.run.Account.Ending;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The story of a real run: how far it is, and until when that is told.
 *
 * @param why in one sentence
 */
record Telling(Ending ending, String why, Instant until) {

  static Account of(Seen seen, FailoverRequest request) {
    RunState state =
        seen.state()
            .orElseThrow(() ->
                new Unreachable(
                    "No worker answered for the run of %s; start one (rekindle worker)."
                        .formatted(seen.application())));
    Plan plan =
        PlanReader.read(request.plan())
            .plan()
            .orElseThrow(() ->
                new BadInput(
                    "This version cannot read the run's plan; use the version that started it."));
    Telling telling = of(seen, state);
    return Account.of(
        plan, request, telling.ending(), telling.why(), state, telling.until(), Telling::played);
  }

  private static Account.Played played(Step step, StepState state) {
    List<String> changes =
        Stream.concat(state.former().stream(), Stream.of(state.work()))
            .flatMap(work -> work.made().stream())
            .map(Observation.Due::change)
            .toList();
    return new Account.Played(step, state, 0, changes);
  }

  private static Telling of(Seen seen, RunState state) {
    Instant serving = state.clocks().serving();
    if (state.phase() == RunState.Phase.SERVING && serving != null) {
      return new Telling(
          Ending.served(state),
          Optional.ofNullable(state.doubt()).orElse("the application serves"),
          serving);
    }
    Instant home = state.clocks().home();
    if (home != null) {
      return new Telling(
          state.outcome() == RunState.Outcome.UNVERIFIED ? Ending.UNVERIFIED : Ending.RETURNED,
          Optional.ofNullable(state.doubt())
              .orElse("the application serves from the primary Region again"),
          home);
    }
    Instant now = Optional.ofNullable(state.clocks().closed()).orElseGet(Instant::now);
    if (!seen.isOpen()) {
      return new Telling(
          Ending.FAILED, Optional.ofNullable(state.ending()).orElse("the run is over"), now);
    }
    List<String> waits = waits(state);
    return waits.isEmpty()
        ? new Telling(Ending.UNDER_WAY, "the run continues", now)
        : new Telling(Ending.BLOCKED, String.join("; ", waits), now);
  }

  private static List<String> waits(RunState state) {
    return Stream.concat(
            state.gates().stream().filter(Gate::open).map(Waits::at), Waits.atSteps(state).stream())
        .toList();
  }
}
