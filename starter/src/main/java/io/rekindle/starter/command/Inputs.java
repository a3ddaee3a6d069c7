package io.rekindle.starter.command;

import io.rekindle.plan.Step;
import io.rekindle.plan.shape.Nearest;
import io.rekindle.starter.BadInput;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks what options name against the plan. Throws {@link BadInput}, with the nearest word. */
final class Inputs {
  private Inputs() {}

  static void known(String option, String what, String name, Collection<String> names) {
    if (!names.contains(name)) {
      throw new BadInput(
          option + ": there is no " + what + " '" + name + "'." + meant(name, names));
    }
  }

  /** What follows a sentence about an unknown word; empty where none is near. */
  static String meant(String written, Collection<String> valid) {
    return Nearest.to(written, valid).map(word -> " Did you mean '" + word + "'?").orElse("");
  }

  /** Factors such as x3, by step; no wait takes one. */
  static Map<String, Double> factors(Map<String, String> slow, List<Step> steps) {
    Map<String, Double> factors = new HashMap<>();
    slow.forEach((step, factor) -> {
      if (steps.stream().anyMatch(each -> each.id().equals(step) && each.kind().isWait())) {
        throw new BadInput(
            "--slow " + step + ": a wait always lasts as long as the plan says; leave this out.");
      }
      if (!factor.matches("x\\d{1,4}(\\.\\d{1,3})?")) {
        throw new BadInput(
            "--slow " + step + ": '" + factor + "' is not a factor such as x3 or x1.5.");
      }
      factors.put(step, Double.parseDouble(factor.substring(1)));
    });
    return factors;
  }
}
