package io.rekindle.plan.check;

import io.rekindle.plan.DrillSteps;
import io.rekindle.plan.Expression;
import io.rekindle.plan.Parameter;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Plan.Section;
import io.rekindle.plan.Region;
import io.rekindle.plan.Step;
import io.rekindle.plan.shape.Nearest;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.shape.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

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
    DrillSteps steps = DrillSteps.of(draft.plan(), drill);
    named(draft, drill, steps, where, report);
    parameters(draft, drill, where, report);
    List<Region> regions = regions(draft, drill, where, report);
    boolean namesAreRight =
        drill.steps().stream().allMatch(id -> draft.graph(Section.FAILOVER).has(id));
    if (!drill.check() && namesAreRight && !steps.changeSomething()) {
      report.accept(
          Problem.at(
              drill.source().place(),
              where,
              "the drill '"
                  + drill.name()
                  + "' would change nothing: name other steps, or write 'check: true'"));
    }
    readable(drill, steps, where, report);
    for (Region region : regions) {
      ExampleValues examples = new ExampleValues(draft, region, drill.values(), drill.set());
      steps.taken().forEach(step -> Fields.fits(draft, step, examples, report));
    }
  }

  private static void named(
      Draft draft, Plan.Drill drill, DrillSteps steps, String where, Consumer<Problem> report) {
    for (String id : drill.steps()) {
      Place place = Draft.placeOfEntry(drill.source(), "steps", id);
      if (!draft.graph(Section.FAILOVER).has(id)) {
        report.accept(
            Problem.at(place, where + ".steps", "there is no failover step '" + id + "'")
                .meaning(
                    Nearest.to(
                        id,
                        draft.graph(Section.FAILOVER).steps().stream().map(Step::id).toList())));
      } else if (steps.leftOut().containsKey(id)
          && draft.step(id).flatMap(Draft::kind).isPresent()) {
        report.accept(
            Problem.at(
                place, where + ".steps", "no drill runs '" + id + "': " + steps.leftOut().get(id)));
      }
    }
  }

  private static void parameters(
      Draft draft, Plan.Drill drill, String where, Consumer<Problem> report) {
    Map<String, Parameter> declared = draft.plan().parameters();
    drill
        .set()
        .forEach((name, value) -> {
          Parameter parameter = declared.get(name);
          if (parameter == null) {
            report.accept(
                Problem.at(
                        value.place(),
                        where + ".set",
                        "the parameter '" + name + "' is not declared")
                    .meaning(Nearest.to(name, declared.keySet())));
          } else if (!parameter.takes(value)) {
            report.accept(
                Problem.at(
                    value.place(),
                    where + ".set." + name,
                    RegionsAndParameters.expected(parameter, value)));
          }
        });
  }

  private static List<Region> regions(
      Draft draft, Plan.Drill drill, String where, Consumer<Problem> report) {
    List<Region> recovery = draft.plan().regions().recovery();
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
                  "the Region "
                      + drill.region()
                      + " is no recovery Region of this plan; it has "
                      + String.join(", ", names))
              .meaning(Nearest.to(drill.region().value(), names)));
    }
    return chosen;
  }

  private static void readable(
      Plan.Drill drill, DrillSteps steps, String where, Consumer<Problem> report) {
    Set<String> taken = steps.taken().stream().map(Step::id).collect(Collectors.toSet());
    for (Step reader : steps.taken()) {
      for (String read : stepsRead(reader.with())) {
        if (steps.leftOut().containsKey(read) && !taken.contains(read)) {
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
  }

  private static List<String> stepsRead(Node node) {
    List<String> steps = new ArrayList<>();
    switch (node) {
      case Node.Scalar scalar -> {
        if (Expression.isIn(scalar.text())) {
          steps.addAll(stepsRead(scalar.text()));
        }
      }
      case Node.Items items -> items.nodes().forEach(item -> steps.addAll(stepsRead(item)));
      case Node.Fields fields ->
          fields.fields().forEach(field -> steps.addAll(stepsRead(field.value())));
      case Node.Unknown unknown -> {}
    }
    return steps.stream().distinct().toList();
  }

  private static List<String> stepsRead(String text) {
    try {
      return Expression.parse(text).references().stream()
          .map(Expression.Reference::word)
          .filter(Expression.StepOutput.class::isInstance)
          .map(word -> ((Expression.StepOutput) word).step())
          .toList();
    } catch (Expression.Malformed reportedElsewhere) {
      return List.of();
    }
  }
}
