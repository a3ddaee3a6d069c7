package io.rekindle.plan;

import io.rekindle.plan.Region.Side;
import io.rekindle.plan.shape.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a drill runs of the failover, and why not the rest. Drills are safe by construction:
 * whatever could be noticed is left out here, before anything is asked.
 *
 * @param leftOut the reason for each step that does not run, by its id
 */
public record DrillSteps(List<Step> taken, Map<String, String> leftOut) {

  public static DrillSteps of(Plan plan, Plan.Drill drill) {
    return of(plan, drill, StepGraph.of(plan.failover()));
  }

  /**
   * For many drills of one plan.
   *
   * @param failover the order of the plan's failover
   */
  public static DrillSteps of(Plan plan, Plan.Drill drill, StepGraph failover) {
    Selection selection = selection(plan, drill);
    List<Step> taken = new ArrayList<>();
    Map<String, String> leftOut = new LinkedHashMap<>();
    Set<String> traffic = new LinkedHashSet<>();
    for (Step step : failover.inOrder()) {
      Optional<String> reason =
          reason(step, selection, drill)
              .or(() -> after(step, traffic, failover))
              .or(() -> unnamed(step, drill));
      reason.ifPresentOrElse(why -> leftOut.put(step.id(), why), () -> taken.add(step));
      if (step.movesTraffic()) {
        traffic.add(step.id());
      }
    }
    return new DrillSteps(List.copyOf(taken), leftOut);
  }

  /** Which steps could take part, by the mode and the parameters of a drill. */
  public static Selection selection(Plan plan, Plan.Drill drill) {
    return Selection.of(plan, Mode.DRILL, set(drill), Set.of());
  }

  private static Map<String, String> set(Plan.Drill drill) {
    Map<String, String> values = new HashMap<>();
    drill
        .set()
        .forEach((name, node) ->
            values.put(name, node instanceof Node.Scalar scalar ? scalar.text() : ""));
    return values;
  }

  private static Optional<String> reason(Step step, Selection selection, Plan.Drill drill) {
    Optional<Kind> kind = step.knownKind();
    if (kind.isEmpty()) {
      return Optional.of("its kind is unknown");
    }
    if (kind.get().isApproval()) {
      return Optional.of("a drill has no approvals");
    }
    if (step.fence()) {
      return Optional.of("it is a fence");
    }
    if (step.movesTraffic()) {
      return Optional.of("it moves traffic");
    }
    if (step.region() == Side.PRIMARY) {
      return Optional.of("it acts in the primary Region");
    }
    if (!selection.takes(step)) {
      return Optional.of("its modes or 'when' leave it out of drills");
    }
    if (kind.get().isTask()) {
      return drill.ask()
          ? Optional.empty()
          : Optional.of("a drill has no tasks unless it says 'ask: true'");
    }
    return switch (kind.get().facts().drill()) {
      case ISOLATED, IN_PLACE -> Optional.empty();
      case LEFT_OUT -> Optional.of("its kind is left out of drills");
      case REFUSED -> Optional.of("its kind is refused in drills");
    };
  }

  private static Optional<String> after(Step step, Set<String> traffic, StepGraph graph) {
    return traffic.stream()
        .filter(earlier -> graph.isBefore(earlier, step.id()))
        .findFirst()
        .map(earlier -> "it comes after '" + earlier + "', which moves traffic");
  }

  private static Optional<String> unnamed(Step step, Plan.Drill drill) {
    return drill.steps().isEmpty() || drill.steps().contains(step.id())
        ? Optional.empty()
        : Optional.of("the drill does not name it");
  }

  /** Whether anything would be changed. */
  public boolean changeSomething() {
    return taken.stream()
        .anyMatch(step -> step.knownKind().filter(kind -> !kind.looksOnly()).isPresent());
  }
}
