package io.rekindle.plan.check;

import io.rekindle.plan.Binding;
import io.rekindle.plan.Expression;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Mode;
import io.rekindle.plan.Region;
import io.rekindle.plan.Region.Side;
import io.rekindle.plan.Step;
import io.rekindle.plan.shape.Bound;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Problem;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Facts.Guard;
import io.rekindle.plan.value.NewName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * No two steps of a run make something of the same name in one Region: the second would take what
 * the first made for its own, or for somebody else's.
 */
final class NewNames implements Check {

  /** What a step makes. */
  private record Made(Step step, Region region, NewName name) {
    boolean isTwinOf(Made other) {
      return region.equals(other.region)
          && name.getClass() == other.name.getClass()
          && name.value().equalsIgnoreCase(other.name.value())
          && canBothRun(step, other.step);
    }
  }

  @Override
  public void run(Draft draft, Consumer<Problem> report) {
    for (Region recovery : draft.recovery()) {
      ExampleValues examples = new ExampleValues(draft, recovery, Map.of(), Map.of(), Map.of());
      twins(
          draft,
          recovery,
          steps(draft),
          examples,
          (first, second) -> report.accept(problem(draft, first, second)));
    }
  }

  private static List<Step> steps(Draft draft) {
    return draft.plan().uses().filter(Step.class::isInstance).map(Step.class::cast).toList();
  }

  /**
   * @param values what expressions stand for
   * @param report told the first of two and the second
   */
  static void twins(
      Draft draft,
      Region recovery,
      List<Step> steps,
      Function<Expression.Word, Node> values,
      BiConsumer<Step, Step> report) {
    List<Made> all = new ArrayList<>();
    for (Step step : steps) {
      Region region =
          draft.side(step) == Side.PRIMARY ? draft.plan().regions().primary() : recovery;
      Optional<Made> made = name(step, values).map(name -> new Made(step, region, name));
      made.flatMap(later -> all.stream().filter(later::isTwinOf).findFirst())
          .ifPresent(first -> report.accept(first.step(), step));
      made.ifPresent(all::add);
    }
  }

  static Problem problem(Draft draft, Step first, Step second) {
    return Problem.at(
        second.source().placeOf("with"),
        draft.path(second) + ".with.target",
        "'" + first.id() + "' makes something of the same name: give each a target of its own");
  }

  private static boolean canBothRun(Step one, Step other) {
    return Stream.of(Mode.OUTAGE, Mode.PLANNED)
            .anyMatch(mode -> one.runsIn(mode) && other.runsIn(mode))
        && one.when().entrySet().stream()
            .allMatch(condition ->
                other
                    .when()
                    .getOrDefault(condition.getKey(), condition.getValue())
                    .equals(condition.getValue()));
  }

  private static Optional<NewName> name(Step step, Function<Expression.Word, Node> values) {
    Optional<Kind> kind = step.knownKind().filter(known -> known.facts().guard() == Guard.NAME);
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    Bound<Optional<Record>> bound = Binding.bind(kind.get(), step.with(), values, "");
    return bound
        .value()
        .filter(record -> bound.whole())
        .map(Action.class::cast)
        .flatMap(Action::makes);
  }
}
