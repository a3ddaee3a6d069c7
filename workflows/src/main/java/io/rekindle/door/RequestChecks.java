package io.rekindle.door;

import io.rekindle.plan.Mode;
import io.rekindle.plan.Parameter;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Selection;
import io.rekindle.plan.Step;
import io.rekindle.plan.check.RunChecks;
import io.rekindle.plan.shape.Nearest;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Problem;
import io.rekindle.plan.shape.Shapes;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether what a failover is started with fits its plan; a good plan is taken for granted. */
final class RequestChecks {
  /** By so much the clock of whoever starts a run may be ahead. */
  private static final Duration SKEW = Duration.ofMinutes(2);

  private final Plan plan;
  private final FailoverRequest request;
  private final Instant now;
  private final Selection selection;
  private final Refusals refusals = new Refusals();

  /**
   * @param now when the run is started
   */
  RequestChecks(Plan plan, FailoverRequest request, Instant now) {
    this.plan = plan;
    this.request = request;
    this.now = now;
    this.selection = selection(request.without());
  }

  private Selection selection(List<String> without) {
    return Selection.of(plan, request.mode(), request.set(), Set.copyOf(without));
  }

  /** Everything that is wrong; each begins with the option it is about. */
  List<Problem> problems() {
    mode();
    region();
    parameters();
    new StepOptions(plan, request, selection, refusals).check();
    anythingLeft();
    impact();
    new RequestSize(plan, request, selection).check(refusals);
    List<Problem> problems = new ArrayList<>(refusals.all());
    problems.addAll(RunChecks.problems(plan, asked()));
    return List.copyOf(problems);
  }

  private RunChecks.Asked asked() {
    return new RunChecks.Asked(
        plan.regions().recoveryNamed(request.to()),
        selection,
        request.set(),
        request.outputs(),
        request.requester());
  }

  private void mode() {
    if (request.mode() == Mode.DRILL) {
      refusals.refuse("mode", "use outage or planned; a drill is started as a drill");
    }
  }

  private void region() {
    if (request.to() != null) {
      refusals.known("to", "recovery Region", request.to(), plan.regions().recoveryNames());
    }
  }

  private void parameters() {
    new TreeMap<>(request.set())
        .forEach((name, value) -> {
          if (refusals.known("set", "parameter", name, plan.parameters().keySet())) {
            parameter(name, Objects.requireNonNull(plan.parameters().get(name)), value);
          }
        });
    new TreeSet<>(plan.parameters().keySet())
        .stream()
            .filter(name -> !selection.parameters().containsKey(name))
            .forEach(name ->
                refusals.refuse(
                    "set", "the parameter '" + name + "' has no default; give it a value"));
  }

  private void parameter(String name, Parameter parameter, String value) {
    Node.Scalar given = parameter.given(value);
    if (!parameter.takes(given)) {
      refusals.refuse(
          "set " + name,
          "expected " + parameter.expects() + ", found " + given.describe(),
          Nearest.to(value, parameter.values()));
    }
  }

  /** Whether a step is left that does something, besides asking and waiting. */
  private void anythingLeft() {
    if (request.mode() == Mode.DRILL || takesAny(selection)) {
      return;
    }
    if (takesAny(selection(List.of()))) {
      refusals.refuse("without", "no step is left that does anything; leave fewer steps out");
    } else {
      refusals.refuse(
          "mode",
          ("no step of the plan does anything in mode %s with these parameters; see 'modes' and"
                  + " 'when' of its steps, and choose another mode or set other values")
              .formatted(Shapes.word(request.mode())));
    }
  }

  private boolean takesAny(Selection selected) {
    return plan.failover().stream()
        .filter(selected::takes)
        .map(Step::kind)
        .anyMatch(kind -> !kind.isApproval() && !kind.isWait());
  }

  private void impact() {
    Instant impact = request.impactAt();
    if (impact != null && impact.isAfter(now.plus(SKEW))) {
      refusals.refuse(
          "impact-at",
          "%s is still to come, it is %s now; say when people first noticed"
              .formatted(impact, now.truncatedTo(ChronoUnit.SECONDS)));
    }
  }
}
