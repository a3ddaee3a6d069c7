package io.rekindle.plan;

import io.rekindle.plan.shape.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which steps take part in a run.
 *
 * @param parameters their values as texts
 * @param without steps left out by whoever started the run
 */
public record Selection(Mode mode, Map<String, String> parameters, Set<String> without) {

  /**
   * @param set values given at the start, over the plan's own defaults
   */
  public static Selection of(Plan plan, Mode mode, Map<String, String> set, Set<String> without) {
    return new Selection(mode, parameters(plan, set), Set.copyOf(without));
  }

  static Map<String, String> parameters(Plan plan, Map<String, String> set) {
    Map<String, String> values = new HashMap<>();
    plan.parameters()
        .forEach((name, parameter) -> {
          if (parameter.fallback() instanceof Node.Scalar scalar) {
            values.put(name, scalar.text());
          }
        });
    values.putAll(set);
    return Map.copyOf(values);
  }

  /** The same in another mode. */
  public Selection in(Mode other) {
    return new Selection(other, parameters, without);
  }

  /** The same with nothing left out. */
  public Selection withAll() {
    return new Selection(mode, parameters, Set.of());
  }

  public boolean takes(Step step) {
    return step.runsIn(mode)
        && !without.contains(step.id())
        && step.when().entrySet().stream()
            .allMatch(condition -> condition.getValue().equals(parameters.get(condition.getKey())));
  }
}
