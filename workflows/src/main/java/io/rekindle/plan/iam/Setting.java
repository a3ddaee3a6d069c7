package io.rekindle.plan.iam;

import io.rekindle.plan.Binding;
import io.rekindle.plan.Expression;
import io.rekindle.plan.Expression.ParameterValue;
import io.rekindle.plan.Expression.StepOutput;
import io.rekindle.plan.Parameter;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Region;
import io.rekindle.plan.Region.Side;
import io.rekindle.plan.Use;
import io.rekindle.plan.check.ExampleValues;
import io.rekindle.plan.check.ExampleValues.Unknowns;
import io.rekindle.plan.shape.Bound;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.shape.Problem;
import io.rekindle.plan.step.Action;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The Regions and values that a run or a drill would have, as far as they are known ahead.
 *
 * @param recovery the one that is recovered in
 */
record Setting(Plan plan, Region recovery, boolean drill, Function<Expression.Word, Node> values) {

  static Setting ofRun(Plan plan, Region recovery, Map<String, Node> set) {
    return of(plan, recovery, Map.of(), set, false);
  }

  static Setting ofDrill(Plan plan, Plan.Drill drill, Map<String, Node> set) {
    Map<String, Node> all = new HashMap<>(set);
    all.putAll(drill.set());
    String name = drill.region() == null ? null : drill.region().value();
    return of(plan, plan.regions().recoveryNamed(name), drill.values(), all, !drill.check());
  }

  private static Setting of(
      Plan plan,
      Region recovery,
      Map<String, String> values,
      Map<String, Node> set,
      boolean drill) {
    Map<String, Node> parameters = new HashMap<>();
    plan.parameters()
        .forEach((name, parameter) ->
            standIn(parameter).ifPresent(value -> parameters.put(name, value)));
    parameters.putAll(set);
    Unknowns unknowns = new Unknowns(Wildcards.RUN, Wildcards.ACCOUNT, drill);
    return new Setting(
        plan, recovery, drill, ExampleValues.of(plan, recovery, values, parameters, unknowns));
  }

  /** For a parameter that has no value of its own; one of a few values cannot be made up. */
  private static Optional<Node> standIn(Parameter parameter) {
    if (parameter.fallback() != null || !parameter.oneOf().isEmpty()) {
      return Optional.empty();
    }
    return switch (parameter.type()) {
      case STRING -> Optional.of(Node.Scalar.text(Place.START, Wildcards.TEXT));
      case INTEGER -> Optional.of(Node.Scalar.plain(Place.START, "1"));
      case BOOLEAN -> Optional.empty();
    };
  }

  Region region(Side side) {
    return side == Side.PRIMARY ? plan.regions().primary() : recovery;
  }

  /** What a use asks of AWS; empty for what only the workflow does. */
  Optional<Action> action(Use use, String spot) {
    Bound<Optional<Record>> bound = Binding.bind(use.kind(), use.with(), this::value, spot);
    if (!bound.whole()) {
      throw new NotForeseen(spot + ": " + missing(use, bound));
    }
    return bound.value().map(record -> record instanceof Action action ? action : null);
  }

  private Node value(Expression.Word word) {
    Node value = values.apply(word);
    return word instanceof StepOutput && value instanceof Node.Unknown
        ? Node.Scalar.text(Place.START, Wildcards.TEXT)
        : value;
  }

  private String missing(Use use, Bound<?> bound) {
    String unset =
        plan.parameters().entrySet().stream()
            .filter(each -> each.getValue().fallback() == null)
            .map(Map.Entry::getKey)
            .filter(name -> Binding.wordsIn(use.with()).contains(new ParameterValue(name)))
            .map(name -> "--set " + name + "=VALUE")
            .collect(Collectors.joining(" "));
    return unset.isEmpty()
        ? bound.problems().stream().map(Problem::sentence).collect(Collectors.joining("; "))
        : "what it needs depends on a parameter that has no default: give it by " + unset + ".";
  }
}
