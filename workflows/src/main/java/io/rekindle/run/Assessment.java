package io.rekindle.run;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.plan.Plan;
import io.rekindle.run.RunState.Evidence;
import io.rekindle.run.RunState.Health;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Whether it is an outage. */
final class Assessment {
  private static final Duration PROBE_PATIENCE = Duration.ofSeconds(20);

  private final Run run;

  Assessment(Run run) {
    this.run = run;
  }

  /** Asks all probes at once. */
  void assess() {
    Map<Plan.Evidence, Promise<Observation>> looks = new LinkedHashMap<>();
    run.plan()
        .plan()
        .probes()
        .forEach(probe ->
            looks.put(
                probe,
                run.actions()
                    .observe(
                        run.calls().probe(probe),
                        PROBE_PATIENCE,
                        Summary.of(probe.id(), "observe"))));
    List<Evidence> seen = new ArrayList<>();
    looks.forEach((probe, look) -> seen.add(evidence(probe, look)));
    run.book().found(seen);
  }

  private static Evidence evidence(Plan.Evidence probe, Promise<Observation> look) {
    try {
      return switch (look.get()) {
        case Observation.Settled settled ->
            new Evidence(
                probe.id(), Health.HEALTHY, settled.outputs().getOrDefault("seen", "it answers"));
        case Observation.Broken broken -> new Evidence(probe.id(), Health.FAILING, broken.why());
        case Observation.Foreign foreign ->
            new Evidence(probe.id(), Health.FAILING, foreign.owner());
        case Observation.Due due -> new Evidence(probe.id(), Health.FAILING, due.change());
      };
    } catch (ActivityFailure failure) {
      String why =
          failure.getCause() instanceof ApplicationFailure
              ? Failures.sentence(failure)
              : "no answer in time";
      return new Evidence(probe.id(), Health.UNREACHABLE, why);
    }
  }
}
