package io.rekindle.plan.check;

import io.rekindle.plan.Binding;
import io.rekindle.plan.DrillSteps;
import io.rekindle.plan.Expression;
import io.rekindle.plan.Parameter;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Region;
import io.rekindle.plan.Step;
import io.rekindle.plan.StepGraph;
import io.rekindle.plan.shape.Nearest;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.shape.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A drill rehearses something, names only what a drill may run, and has all that its steps read.
 */
final class Drills implements Check {
  @Override
  public void run(Draft draft, Consumer<Problem> report) {
    draft.plan().drills().forEach(drill -> drill(draft, drill, report));
  }

  private static void drill(Draft draft, Plan.Drill drill, Consumer<Problem> report) {
    String where = "drills." + drill.name();
    DrillSteps steps = DrillSteps.of(draft.plan(), drill, draft.graph(Section.FAILOVER));
    parameters(draft, drill, where, report);
    given(draft, drill, steps, where, report);
    List<Region> regions = regions(draft, drill, where, report);
    if (named(draft, drill, steps, where, report)
        && !drill.check()
        && readable(draft, drill, steps, where, report)
        && !steps.changeSomething()
        && draft.graph(Section.FAILOVER).steps().stream()
            .allMatch(step -> step.knownKind().isPresent())) {
      report.accept(
          Problem.at(
              drill.source().place(),
              where,
              "the drill '"
                  + drill.name()
                  + "' would change nothing: name other steps, or write 'check: true'"));
    }
    regions.forEach(region -> values(drill, region, where, report));
    for (Region region : regions) {
      ExampleValues examples =
          new ExampleValues(draft, region, drill.values(), drill.set(), Map.of());
      steps.taken().stream()
          .filter(step -> !drill.values().isEmpty() || !drill.set().isEmpty())
          .filter(step -> !Binding.wordsIn(step.with()).isEmpty())
          .forEach(step -> Fields.fits(draft, step, examples, report));
    }
  }

  /** A misspelt name would leave the Region's own value in place, and with it production. */
  private static void values(
      Plan.Drill drill, Region region, String where, Consumer<Problem> report) {
    for (Node.Field field : drill.source().fieldsOf("values")) {
      if (!region.values().containsKey(field.name())) {
        report.accept(
            Problem.at(
                    field.place(),
                    where + ".values",
                    "Region " + region.region() + " has no value '" + field.name() + "' to replace")
                .meaning(Nearest.to(field.name(), region.values().keySet())));
      }
    }
  }

  /** Whether every step named is one that drills run. */
  private static boolean named(
      Draft draft, Plan.Drill drill, DrillSteps steps, String where, Consumer<Problem> report) {
    StepGraph failover = draft.graph(Section.FAILOVER);
    boolean right = true;
    for (String id : drill.steps()) {
      Place place = Draft.placeOfEntry(drill.source(), "steps", id);
      if (!failover.has(id)) {
        right = false;
        Optional<String> nearest = Nearest.to(id, failover.steps().stream().map(Step::id).toList());
        if (draft.isMistaken(id, nearest)) {
          report.accept(
              Problem.at(place, where + ".steps", "there is no failover step '" + id + "'")
                  .meaning(nearest));
        }
      } else if (steps.leftOut().containsKey(id) && failover.step(id).knownKind().isPresent()) {
        right = false;
        report.accept(
            Problem.at(
                place, where + ".steps", "no drill runs '" + id + "': " + steps.leftOut().get(id)));
      }
    }
    return right;
  }

  private static void parameters(
      Draft draft, Plan.Drill drill, String where, Consumer<Problem> report) {
    drill
        .set()
        .forEach((name, value) -> {
          if (!draft.declares(name)) {
            report.accept(
                Problem.at(
                        value.place(),
                        where + ".set",
                        "the parameter '" + name + "' is not declared")
                    .meaning(Nearest.to(name, draft.plan().parameters().keySet())));
          }
          draft
              .parameter(name)
              .filter(parameter -> !parameter.takes(value))
              .ifPresent(parameter ->
                  report.accept(
                      RegionsAndParameters.refused(parameter, value, where + ".set." + name)));
        });
  }

  private static List<Region> regions(
      Draft draft, Plan.Drill drill, String where, Consumer<Problem> report) {
    List<Region> recovery = draft.recovery();
    if (drill.region() == null) {
      return recovery.stream().limit(1).toList();
    }
    List<Region> chosen =
        recovery.stream().filter(region -> region.region().equals(drill.region())).toList();
    if (chosen.isEmpty() && draft.regionsReadable()) {
      List<String> names = recovery.stream().map(region -> region.region().value()).toList();
      report.accept(
          Problem.at(
                  drill.source().placeOf("region"),
                  where,
                  "Region "
                      + drill.region()
                      + " is not a recovery Region of this plan; it has "
                      + String.join(", ", names))
              .meaning(Nearest.to(drill.region().value(), names)));
    }
    return chosen;
  }

  /** Whether all that its steps read is there. */
  private static boolean readable(
      Draft draft, Plan.Drill drill, DrillSteps steps, String where, Consumer<Problem> report) {
    boolean all = true;
    for (Step reader : steps.taken()) {
      for (String read : stepsRead(reader.with())) {
        if (steps.leftOut().containsKey(read) && isSound(draft, reader, read)) {
          all = false;
          Place place =
              drill.steps().contains(reader.id())
                  ? Draft.placeOfEntry(drill.source(), "steps", reader.id())
                  : drill.source().place();
          report.accept(
              Problem.at(
                  place,
                  where,
                  "step '"
                      + reader.id()
                      + "' reads '"
                      + read
                      + "', which this drill leaves out ("
                      + steps.leftOut().get(read)
                      + ")"));
        }
      }
    }
    return all;
  }

  /** Whether the reading itself is right, so that only the drill is wrong. */
  private static boolean isSound(Draft draft, Step reader, String read) {
    StepGraph failover = draft.graph(Section.FAILOVER);
    return failover.isBefore(read, reader.id())
        && failover.step(read).knownKind().filter(kind -> !kind.outputs().isEmpty()).isPresent();
  }

  private static List<String> stepsRead(Node node) {
    return Binding.wordsIn(node).stream()
        .filter(Expression.StepOutput.class::isInstance)
        .map(word -> ((Expression.StepOutput) word).step())
        .distinct()
        .toList();
  }

  /** A default that is misspelt is a problem of its own. */
  private static boolean hasNoDefault(Parameter parameter) {
    Set<String> known = Set.of("type", "oneOf", "description");
    return parameter.source().fields().stream().allMatch(field -> known.contains(field.name()));
  }

  /** A schedule asks nobody: what has no default must be set. */
  private static void given(
      Draft draft, Plan.Drill drill, DrillSteps steps, String where, Consumer<Problem> report) {
    for (Step reader : steps.taken()) {
      Binding.wordsIn(reader.with()).stream()
          .filter(Expression.ParameterValue.class::isInstance)
          .map(word -> ((Expression.ParameterValue) word).name())
          .filter(name -> !drill.set().containsKey(name))
          .filter(name -> draft.parameter(name).filter(Drills::hasNoDefault).isPresent())
          .forEach(name ->
              report.accept(
                  Problem.at(
                      drill.source().place(),
                      where,
                      "step '"
                          + reader.id()
                          + "' reads the parameter '"
                          + name
                          + "', which has no default: give it in 'set'")));
    }
  }
}
