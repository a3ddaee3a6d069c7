package io.rekindle.plan.check;

import io.rekindle.plan.Binding;
import io.rekindle.plan.Expression;
import io.rekindle.plan.Expression.ParameterValue;
import io.rekindle.plan.Expression.StepOutput;
import io.rekindle.plan.Parameter;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Region;
import io.rekindle.plan.Selection;
import io.rekindle.plan.StandIns;
import io.rekindle.plan.Step;
import io.rekindle.plan.Use;
import io.rekindle.plan.shape.Bound;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Problem;
import io.rekindle.plan.step.Control;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether all that takes part in a run fits its kind with what this run is asked for: what a later
 * point of the run would find wrong is found before it begins. A plan that is good by itself is
 * taken for granted; outputs that only the run will know are checked as they will look.
 */
public final class RunChecks {
  private static final List<String> TARGET = List.of("target");

  private final Draft draft;
  private final Asked asked;
  private final ExampleValues values;
  private final Set<Problem> problems = new LinkedHashSet<>();

  /**
   * What a run is asked for.
   *
   * @param set the parameters that are given
   * @param outputs what is given in place of the outputs of steps left out
   * @param requester who starts it, where somebody says so
   */
  public record Asked(
      Region recovery,
      Selection selection,
      Map<String, String> set,
      Map<String, Map<String, String>> outputs,
      @Nullable String requester) {

    private Map<String, Node> parameters(Plan plan) {
      Map<String, Node> nodes = new HashMap<>();
      set.forEach((name, text) -> {
        Parameter parameter = plan.parameters().get(name);
        if (parameter != null) {
          nodes.put(name, parameter.given(text));
        }
      });
      return nodes;
    }

    private Map<StepOutput, Node> given(Draft draft) {
      Map<StepOutput, Node> nodes = new HashMap<>();
      outputs.forEach((step, texts) ->
          texts.forEach((name, text) ->
              draft
                  .step(step)
                  .flatMap(Use::knownKind)
                  .filter(kind -> new StandIns(step, Map.of(name, text)).misfits(kind).isEmpty())
                  .flatMap(kind -> kind.output(name))
                  .ifPresent(output -> nodes.put(new StepOutput(step, name), output.given(text)))));
      return nodes;
    }
  }

  private RunChecks(Plan plan, Asked asked) {
    this.draft = Draft.of(plan, true);
    this.asked = asked;
    this.values =
        new ExampleValues(
            draft, asked.recovery(), Map.of(), asked.parameters(plan), asked.given(draft));
  }

  /** Everything that is wrong; each begins with the options that made it so. */
  public static List<Problem> problems(Plan plan, Asked asked) {
    RunChecks checks = new RunChecks(plan, asked);
    plan.uses().filter(checks::takesPart).forEach(checks::fits);
    checks.newNames();
    return checks.problems.stream().limit(Problem.MOST).toList();
  }

  private boolean takesPart(Use use) {
    return !(use instanceof Step step) || asked.selection().takes(step);
  }

  private void fits(Use use) {
    String path = draft.path(use) + ".with";
    Bound<Optional<Record>> bound = Binding.bind(use.kind(), use.with(), values, path);
    bound
        .problems()
        .forEach(problem ->
            problems.add(caused(problem, List.of(spot(use, below(path, problem.where()))))));
    if (bound.whole() && bound.value().orElseThrow() instanceof Control.Approval rules) {
      canOpen(use, rules);
    }
  }

  /** A gate that nobody could open would be asked about for ever. */
  private void canOpen(Use gate, Control.Approval rules) {
    if (!rules.canOpen(asked.requester())) {
      problems.add(
          Problem.at(
              Draft.placeOf(gate, "with"),
              draft.path(gate),
              "--by %s: this gate could never open, because it needs %d of %s, and whoever starts"
                      .formatted(
                          asked.requester(), rules.quorum(), String.join(", ", rules.approvers()))
                  + " the run does not count; let somebody else start it"));
    }
  }

  private void newNames() {
    List<Step> steps =
        draft
            .plan()
            .uses()
            .filter(this::takesPart)
            .filter(Step.class::isInstance)
            .map(Step.class::cast)
            .toList();
    NewNames.twins(
        draft,
        asked.recovery(),
        steps,
        values,
        (first, second) ->
            problems.add(
                caused(
                    NewNames.problem(draft, first, second),
                    List.of(spot(first, TARGET), spot(second, TARGET)))));
  }

  /** The same problem, which begins with the options that made what stands at these spots. */
  private Problem caused(Problem problem, List<Node> spots) {
    String options =
        spots.stream()
            .flatMap(spot -> Binding.wordsIn(spot).stream())
            .flatMap(this::option)
            .distinct()
            .collect(Collectors.joining(", "));
    return options.isEmpty()
        ? problem
        : new Problem(
            problem.place(), options + ": " + problem.what(), problem.where(), problem.nearest());
  }

  private Stream<String> option(Expression.Word word) {
    return switch (word) {
      case ParameterValue parameter when asked.set().containsKey(parameter.name()) ->
          Stream.of("--set " + parameter.name());
      case StepOutput output when asked.outputs().containsKey(output.step()) ->
          Stream.of("--give " + output.step() + "." + output.output());
      case Expression.Word other -> Stream.of();
    };
  }

  private static List<String> below(String path, String where) {
    return where.length() > path.length()
        ? List.of(where.substring(path.length() + 1).split("\\."))
        : List.of();
  }

  /** What stands at a path below {@code with}, or as near to it as there is something. */
  private static Node spot(Use use, List<String> path) {
    Node found = use.with();
    for (String name : path) {
      Optional<Node> next = within(found, name);
      if (next.isEmpty()) {
        return found;
      }
      found = next.get();
    }
    return found;
  }

  private static Optional<Node> within(Node node, String name) {
    return switch (node) {
      case Node.Fields fields -> fields.get(name);
      case Node.Items items ->
          IntStream.range(0, items.nodes().size())
              .filter(i -> Node.nameOf(items.nodes().get(i), i).equals(name))
              .mapToObj(items.nodes()::get)
              .findFirst();
      case Node.Scalar scalar -> Optional.empty();
      case Node.Unknown unknown -> Optional.empty();
    };
  }
}
