package io.rekindle.door;

import io.rekindle.plan.Binding;
import io.rekindle.plan.Expression;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Mode;
import io.rekindle.plan.Parameter;
import io.rekindle.plan.Plan;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.Region;
import io.rekindle.plan.Selection;
import io.rekindle.plan.Step;
import io.rekindle.plan.Use;
import io.rekindle.plan.check.RunChecks;
import io.rekindle.plan.shape.Binder;
import io.rekindle.plan.shape.Nearest;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.shape.Problem;
import io.rekindle.plan.shape.Shapes;
import io.rekindle.plan.value.Arn;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether what a failover is started with fits its plan; a good plan is taken for granted. */
final class RequestChecks {
  /** By so much the clock of whoever starts a run may be ahead. */
  private static final Duration SKEW = Duration.ofMinutes(2);

  /** The characters of all that is asked for besides the plan. */
  private static final long OPTIONS = 16_000;

  private final Plan plan;
  private final FailoverRequest request;
  private final Instant now;
  private final Selection selection;
  private final List<Problem> problems = new ArrayList<>();

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
    without();
    outputs();
    missingOutputs();
    points();
    anythingLeft();
    impact();
    sizes();
    problems.addAll(RunChecks.problems(plan, asked()));
    return List.copyOf(problems);
  }

  private RunChecks.Asked asked() {
    List<Region> recovery = plan.regions().recovery();
    Region chosen =
        recovery.stream()
            .filter(region -> region.region().value().equals(request.to()))
            .findFirst()
            .orElse(recovery.getFirst());
    return new RunChecks.Asked(
        chosen, selection, request.set(), request.outputs(), request.requester());
  }

  private void refuse(String option, String what) {
    refuse(option, what, Optional.empty());
  }

  private void refuse(String option, String what, Optional<String> nearest) {
    problems.add(Problem.at(Place.START, "", "--" + option + ": " + what).meaning(nearest));
  }

  private boolean known(String option, String what, String name, Collection<String> names) {
    if (names.contains(name)) {
      return true;
    }
    refuse(option, "there is no " + what + " '" + name + "'", Nearest.to(name, names));
    return false;
  }

  private void mode() {
    if (request.mode() == Mode.DRILL) {
      refuse("mode", "use outage or planned; a drill is started as a drill");
    }
  }

  private void region() {
    if (request.to() != null) {
      known(
          "to",
          "recovery Region",
          request.to(),
          plan.regions().recovery().stream().map(region -> region.region().value()).toList());
    }
  }

  private void parameters() {
    new TreeMap<>(request.set())
        .forEach((name, value) -> {
          if (known("set", "parameter", name, plan.parameters().keySet())) {
            parameter(name, Objects.requireNonNull(plan.parameters().get(name)), value);
          }
        });
    new TreeSet<>(plan.parameters().keySet())
        .stream()
            .filter(name -> !selection.parameters().containsKey(name))
            .forEach(name ->
                refuse("set", "the parameter '" + name + "' has no default; give it a value"));
  }

  private void parameter(String name, Parameter parameter, String value) {
    Node.Scalar given = parameter.given(value);
    if (!parameter.takes(given)) {
      refuse(
          "set " + name,
          "expected " + parameter.expects() + ", found " + given.describe(),
          Nearest.to(value, parameter.values()));
    }
  }

  private void without() {
    List<String> ids = plan.failover().stream().map(Step::id).toList();
    for (String left : request.without()) {
      if (known("without", "step", left, ids) && kind(left).filter(Kind::isApproval).isPresent()) {
        refuse("without " + left, "an approval cannot be left out");
      }
    }
  }

  private Optional<Step> step(String id) {
    return plan.failover().stream().filter(each -> each.id().equals(id)).findFirst();
  }

  private Optional<Kind> kind(String step) {
    return step(step).flatMap(Use::knownKind);
  }

  private void outputs() {
    new TreeMap<>(request.outputs())
        .forEach((step, given) -> {
          if (request.without().contains(step)) {
            kind(step).stream()
                .flatMap(kind -> kind.misfits(step, given).stream())
                .forEach(misfit -> refuse("give", misfit.what(), misfit.nearest()));
          } else {
            refuse("give " + step, "only steps named by --without take it");
          }
        });
  }

  /** Whatever a remaining step reads of a step that was left out must be given. */
  private void missingOutputs() {
    Map<String, Set<String>> missing = new TreeMap<>();
    Stream.concat(plan.failover().stream().filter(selection::takes), plan.failback().stream())
        .flatMap(reader -> Binding.wordsIn(reader.with()).stream())
        .filter(Expression.StepOutput.class::isInstance)
        .map(Expression.StepOutput.class::cast)
        .filter(read -> request.without().contains(read.step()))
        .filter(read ->
            !request.outputs().getOrDefault(read.step(), Map.of()).containsKey(read.output()))
        .forEach(read ->
            missing.computeIfAbsent(read.step(), step -> new TreeSet<>()).add(read.output()));
    missing.forEach((step, outputs) ->
        refuse(
            "without " + step,
            "later steps need its outputs; add "
                + outputs.stream()
                    .map(output -> "--give " + step + "." + output + "=VALUE")
                    .collect(Collectors.joining(" "))));
  }

  private void points() {
    List<String> restoring =
        plan.failover().stream()
            .map(Step::id)
            .filter(step -> kind(step).filter(Kind::recoversData).isPresent())
            .toList();
    new TreeMap<>(request.points())
        .forEach((step, point) -> {
          if (known("point", "step that restores data", step, restoring)) {
            point(step, point);
          }
        });
  }

  private void point(String step, String point) {
    if (step(step).filter(selection::takes).isEmpty()) {
      refuse("point " + step, "this run leaves the step out");
    }
    Binder.misfit(Node.Scalar.text(Place.START, point), Arn.class)
        .ifPresent(noun -> refuse("point " + step, "expected " + noun + ", found '" + point + "'"));
  }

  /** Whether a step is left that does something, besides asking and waiting. */
  private void anythingLeft() {
    if (request.mode() == Mode.DRILL || takesAny(selection)) {
      return;
    }
    if (takesAny(selection(List.of()))) {
      refuse("without", "no step is left that does anything; leave fewer steps out");
    } else {
      refuse(
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
      refuse(
          "impact-at",
          "%s is still to come, it is %s now; say when people first noticed"
              .formatted(impact, now.truncatedTo(ChronoUnit.SECONDS)));
    }
  }

  /** What a run is started with travels with all that it remembers, in one payload. */
  private void sizes() {
    long options = optionsWithoutPlan();
    if (options > OPTIONS) {
      problems.add(
          Problem.at(
              Place.START,
              "",
              "the options hold %,d characters besides the plan; a run takes at most %,d"
                  .formatted(options, OPTIONS)));
    }
    Map<String, String> given = selection.parameters();
    long filled =
        plan.uses()
            .mapToLong(use -> Binding.size(use.with(), word -> parameter(word, given)))
            .sum();
    if (filled > PlanReader.LARGEST) {
      refuse("set", "with its parameters the plan is larger than 1 MiB; give shorter values");
    }
  }

  private long optionsWithoutPlan() {
    return Stream.of(
            request.reason(),
            request.set(),
            request.without(),
            request.outputs(),
            request.points(),
            request.incident(),
            request.requester())
        .mapToLong(option -> String.valueOf(option).length())
        .sum();
  }

  private static Node parameter(Expression.Word word, Map<String, String> given) {
    String value = word instanceof Expression.ParameterValue it ? given.get(it.name()) : null;
    return value == null ? new Node.Unknown(Place.START) : Node.Scalar.text(Place.START, value);
  }
}
