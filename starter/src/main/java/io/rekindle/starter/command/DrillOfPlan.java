package io.rekindle.starter.command;

import io.rekindle.plan.Plan;
import io.rekindle.plan.shape.Nearest;
import io.rekindle.starter.BadInput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which drill of a plan is meant. */
final class DrillOfPlan {
  private DrillOfPlan() {}

  /**
   * Throws {@link BadInput} where there is none, or more than one could be meant.
   *
   * @param name may be left out where the plan has one drill
   */
  static Plan.Drill chosen(Plan plan, @Nullable String name) {
    List<String> names = plan.drills().stream().map(Plan.Drill::name).toList();
    if (names.isEmpty()) {
      throw new BadInput("The plan of " + plan.application() + " has no drills.");
    }
    if (name == null && names.size() > 1) {
      throw new BadInput("Choose a drill with --name: " + String.join(", ", names) + ".");
    }
    String chosen = name == null ? names.getFirst() : name;
    return plan.drill(chosen)
        .orElseThrow(() ->
            new BadInput(
                "There is no drill '%s'%s; the plan has %s."
                    .formatted(
                        chosen,
                        Nearest.to(chosen, names)
                            .map(word -> ", did you mean '" + word + "'?")
                            .orElse(""),
                        String.join(", ", names))));
  }
}
