package io.rekindle.run;

import io.rekindle.action.ActionCall.Point;
import io.rekindle.door.FailoverRequest;
import io.rekindle.plan.DrillSteps;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Mode;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Region;
import io.rekindle.plan.Selection;
import io.rekindle.plan.Step;
import io.rekindle.plan.Step.OnFailure;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.value.RegionName;
import io.rekindle.run.RunState.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * On which terms a plan is executed, however the run was asked for: all that the loop knows of it.
 *
 * @param recovery the Region that was chosen, with its values
 * @param selection the mode, the parameters and the steps left out
 * @param graphs the steps that take part, and their order
 * @param points the recovery point that was asked for, by the step that restores it
 * @param before no recovery point later than this
 * @param outputs stand in for the outputs of the steps left out
 * @param requester who asked for the run
 * @param drill whether it happens on copies of its own, and asks nobody
 */
record Terms(
    Region recovery,
    Selection selection,
    Map<Section, StepGraph> graphs,
    Map<String, String> points,
    @Nullable Instant before,
    Map<String, Map<String, String>> outputs,
    @Nullable String requester,
    boolean drill) {

  /** How long it is tried to take away what a drill made, and to see that it is gone. */
  static final Duration TEARDOWN = Duration.ofHours(24);

  /** One that only checks asks for what a real outage would need, and makes no copies. */
  static Terms of(Plan plan, Plan.Drill drill) {
    Selection selection =
        DrillSteps.selection(plan, drill).in(drill.check() ? Mode.OUTAGE : Mode.DRILL);
    Predicate<Step> takes =
        drill.check() ? selection::takes : DrillSteps.of(plan, drill).taken()::contains;
    RegionName region = drill.region();
    return new Terms(
        plan.regions().recoveryNamed(region == null ? null : region.value()).with(drill.values()),
        selection,
        Map.of(
            Section.FAILOVER,
            StepGraph.of(plan.failover()).only(takes),
            Section.FAILBACK,
            StepGraph.of(List.of())),
        Map.of(),
        null,
        Map.of(),
        null,
        !drill.check());
  }

  static Terms of(Plan plan, FailoverRequest request) {
    Selection selection =
        Selection.of(plan, request.mode(), request.set(), Set.copyOf(request.without()));
    Map<Section, StepGraph> graphs = new EnumMap<>(Section.class);
    for (Section section : Section.values()) {
      graphs.put(section, StepGraph.of(plan.steps(section)).only(selection::takes));
    }
    return new Terms(
        plan.regions().recoveryNamed(request.to()),
        selection,
        graphs,
        request.points(),
        request.before(),
        request.outputs(),
        request.requester(),
        false);
  }

  Mode mode() {
    return selection.mode();
  }

  StepGraph graph(Section section) {
    return Objects.requireNonNull(graphs.get(section));
  }

  /** Which recovery point whoever started the run wants. */
  Point wanted(String step) {
    return new Point(points.get(step), before);
  }

  /** What happens when a step cannot go on: in a drill there is nobody to ask. */
  OnFailure onFailure(Step step) {
    return drill ? OnFailure.ABORT : step.onFailure();
  }

  /** What a run comes to in which a step failed that must not. */
  Outcome failed() {
    return drill ? Outcome.DRILL_FAILED : Outcome.ABORTED;
  }

  /** How long it is tried to take something back: a drill leaves nothing behind. */
  Duration undoing(Kind kind) {
    return drill ? TEARDOWN : kind.budget();
  }

  /** Whether the run goes on without a step that cannot. */
  boolean mayFail(Step step) {
    return step.mayFail() && !(step.fence() && mode() == Mode.PLANNED);
  }
}
