package io.rekindle.run;

import io.rekindle.plan.Step;
import io.rekindle.rehearse.Script;
import io.rekindle.rehearse.Script.Failing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Draws what happens. */
record Chance(RandomGenerator random) {
  boolean happens(double chance) {
    return random.nextDouble() < chance;
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /**
   * What goes wrong with some steps.
   *
   * @param failing how often a step fails
   * @param foreign how often, where it does not, its name is taken
   * @param how in what way
   */
  Script script(List<Step> steps, double failing, double foreign, Supplier<Failing> how) {
    Map<String, Failing> failures = new HashMap<>();
    Map<String, Double> slowness = new HashMap<>();
    Set<String> lost = new TreeSet<>();
    Set<String> taken = new TreeSet<>();
    for (Step step : steps) {
      slowness.put(step.id(), random.nextDouble(0.01, 0.06));
      if (happens(0.2)) {
        lost.add(step.id());
      }
      if (happens(failing)) {
        failures.put(step.id(), how.get());
      } else if (happens(foreign)) {
        taken.add(step.id());
      }
    }
    return new Script(failures, slowness, lost, taken, Set.of(), Set.of(), Set.of(), Set.of());
  }
}
