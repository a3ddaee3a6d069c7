package io.rekindle.run;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation;
import io.rekindle.action.Readiness;
import io.rekindle.plan.Binding;
import io.rekindle.plan.Expression;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.step.Facts.Role;
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
import java.util.Optional;

/** What people need to see before they decide: whether it is an outage, and what would be lost. */
final class Assessment {
  private static final Duration PROBE_PATIENCE = Duration.ofSeconds(20);
  private static final Duration CHECK_PATIENCE = Duration.ofMinutes(1);

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

  /** Pins what the data steps behind a gate would restore, as far as it can be told by now. */
  void pinPoints(Step gate, StepGraph graph) {
    Map<String, Promise<Readiness>> checks = new LinkedHashMap<>();
    graph.steps().stream()
        .filter(step -> graph.isBefore(gate.id(), step.id()))
        .filter(Assessment::bringsDataBack)
        .forEach(step ->
            checks.put(
                step.id(),
                run.actions()
                    .check(
                        run.calls().check(step), CHECK_PATIENCE, Summary.of(step.id(), "check"))));
    checks.forEach((step, check) -> point(check).ifPresent(point -> run.book().pin(step, point)));
  }

  /** What an earlier step gives is not pinned: it is made during the run. */
  private static boolean bringsDataBack(Step step) {
    Kind kind = step.kind();
    return kind.hasRole(Role.DATA)
        && !kind.looksOnly()
        && !step.fence()
        && Binding.wordsIn(step.with()).stream().noneMatch(Expression.StepOutput.class::isInstance);
  }

  private static Optional<Readiness.RecoveryPoint> point(Promise<Readiness> check) {
    try {
      return Optional.ofNullable(check.get().recoveryPoint())
          .filter(point -> Limit.NAME.takes(point.id()));
    } catch (ActivityFailure unknown) {
      return Optional.empty();
    }
  }
}
