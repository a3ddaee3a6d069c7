package io.rekindle.door;

import io.rekindle.plan.Binding;
import io.rekindle.plan.Expression;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Kinds;
import io.rekindle.plan.Mode;
import io.rekindle.plan.Parameter;
import io.rekindle.plan.Plan;
import io.rekindle.plan.PlanReader;
import io.rekindle.plan.Selection;
import io.rekindle.plan.Step;
import io.rekindle.plan.shape.Nearest;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
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
public final class RequestChecks {
  /** The characters of all that is asked for besides the plan. */
  private static final long OPTIONS = 16_000;

  private final Plan plan;
  private final FailoverRequest request;
  private final List<String> problems = new ArrayList<>();

  private RequestChecks(Plan plan, FailoverRequest request) {
    this.plan = plan;
    this.request = request;
  }

  /** Everything that is wrong, a sentence each, which begins with the option it is about. */
  public static List<String> problems(Plan plan, FailoverRequest request) {
    RequestChecks checks = new RequestChecks(plan, request);
    checks.mode();
    checks.region();
    checks.parameters();
    checks.without();
    checks.outputs();
    checks.points();
    checks.sizes();
    return List.copyOf(checks.problems);
  }

  private void mode() {
    if (request.mode() == Mode.DRILL) {
      problems.add("mode: use outage or planned; a drill is started as a drill.");
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
            Parameter parameter = Objects.requireNonNull(plan.parameters().get(name));
            if (!parameter.takesText(value)) {
              problems.add("set " + name + ": '" + value + "' is not " + parameter.expects() + ".");
            }
          }
        });
    Map<String, String> given =
        Selection.of(plan, request.mode(), request.set(), Set.of()).parameters();
    new TreeSet<>(plan.parameters().keySet())
        .stream()
            .filter(name -> !given.containsKey(name))
            .forEach(name ->
                problems.add("set: the parameter '" + name + "' has no default; give it a value."));
  }

  private void without() {
    List<String> ids = plan.failover().stream().map(Step::id).toList();
    for (String left : request.without()) {
      if (known("without", "step", left, ids) && isApproval(left)) {
        problems.add("without " + left + ": an approval cannot be left out.");
      }
    }
  }

  private boolean isApproval(String step) {
    return kind(step).filter(Kind::isApproval).isPresent();
  }

  private Optional<Kind> kind(String step) {
    return plan.failover().stream()
        .filter(each -> each.id().equals(step))
        .findFirst()
        .flatMap(each -> Kinds.named(each.uses()));
  }

  /** Whatever a remaining step reads of a step that was left out must be given. */
  private void outputs() {
    for (String step : new TreeSet<>(request.outputs().keySet())) {
      if (!request.without().contains(step)) {
        problems.add("give " + step + ": only steps named by --without take it.");
      } else if (kind(step).isPresent()) {
        List<String> outputs = kind(step).get().outputNames();
        new TreeSet<>(request.outputs().getOrDefault(step, Map.of()).keySet())
            .forEach(output -> known("give " + step, "output", output, outputs));
      }
    }
    Selection selection =
        Selection.of(plan, request.mode(), request.set(), Set.copyOf(request.without()));
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
        problems.add(
            "without "
                + step
                + ": later steps need its outputs; add "
                + outputs.stream()
                    .map(output -> "--give " + step + "." + output + "=VALUE")
                    .collect(Collectors.joining(" "))
                + "."));
  }

  private void points() {
    List<String> restoring =
        plan.failover().stream()
            .filter(step -> kind(step.id()).filter(Kind::recoversData).isPresent())
            .map(Step::id)
            .toList();
    new TreeSet<>(request.points().keySet())
        .forEach(step -> known("point", "step that restores data", step, restoring));
  }

  /** What a run is started with travels with all that it remembers, in one payload. */
  private void sizes() {
    long options = optionsWithoutPlan();
    if (options > OPTIONS) {
      problems.add(
          "the options hold %,d characters besides the plan; a run takes at most %,d."
              .formatted(options, OPTIONS));
    }
    Map<String, String> given =
        Selection.of(plan, request.mode(), request.set(), Set.of()).parameters();
    long filled =
        plan.uses()
            .mapToLong(use -> Binding.size(use.with(), word -> parameter(word, given)))
            .sum();
    if (filled > PlanReader.LARGEST) {
      problems.add("set: with its parameters the plan is larger than 1 MiB; give shorter values.");
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

  private boolean known(String option, String what, String name, Collection<String> names) {
    if (names.contains(name)) {
      return true;
    }
    String meant = Nearest.to(name, names).map(word -> " Did you mean '" + word + "'?").orElse("");
    problems.add(option + ": there is no " + what + " '" + name + "'." + meant);
    return false;
  }
}
