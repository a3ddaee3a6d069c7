package io.rekindle.plan.check;

import io.rekindle.plan.Binding;
import io.rekindle.plan.Expression;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Plan;
import io.rekindle.plan.Region;
import io.rekindle.plan.Region.Side;
import io.rekindle.plan.Step;
import io.rekindle.plan.Use;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.shape.Shape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What expressions stand for before anything has run: Region values and defaults as they are,
 * outputs as they will look. So a URL built of three parts is checked as a URL, long before the
 * night it is needed.
 */
public final class ExampleValues implements Function<Expression.Word, Node> {
  private static final Unknowns EXAMPLES = new Unknowns("1a2b3c", "123456789012", false);

  /** Longer outputs are not looked at: each step could double what the one before gave. */
  private static final int LONGEST = 1_000;

  private final Draft draft;
  private final Region recovery;
  private final Map<String, String> values;
  private final Map<String, Node> set;
  private final Unknowns unknowns;
  private final Map<Expression.StepOutput, Node> outputs = new HashMap<>();
  private final Set<String> underWay = new HashSet<>();

  /**
   * What stands for what no plan tells.
   *
   * @param account where no role tells it
   * @param drill whether what is made has the names of a drill
   */
  public record Unknowns(String run, String account, boolean drill) {}

  /**
   * @param values laid over the recovery Region's values
   * @param set values of parameters
   * @param given outputs that are known
   */
  ExampleValues(
      Draft draft,
      Region recovery,
      Map<String, String> values,
      Map<String, Node> set,
      Map<Expression.StepOutput, Node> given) {
    this(draft, recovery, values, set, EXAMPLES);
    outputs.putAll(given);
  }

  private ExampleValues(
      Draft draft,
      Region recovery,
      Map<String, String> values,
      Map<String, Node> set,
      Unknowns unknowns) {
    this.draft = draft;
    this.recovery = recovery;
    this.values = values;
    this.set = set;
    this.unknowns = unknowns;
  }

  /**
   * Of a plan that was found good.
   *
   * @param values laid over the recovery Region's values
   * @param set values of parameters, over the plan's own
   */
  public static ExampleValues of(
      Plan plan,
      Region recovery,
      Map<String, String> values,
      Map<String, Node> set,
      Unknowns unknowns) {
    return new ExampleValues(Draft.of(plan, true), recovery, values, set, unknowns);
  }

  @Override
  public Node apply(Expression.Word word) {
    return switch (word) {
      case Expression.RunId run -> text(unknowns.run());
      case Expression.ParameterValue parameter -> parameter(parameter.name());
      case Expression.RegionValue value -> regionValue(value);
      case Expression.StepOutput output -> output(output);
    };
  }

  private static Node text(String text) {
    return Node.Scalar.text(Place.START, text);
  }

  private static Node unknown() {
    return new Node.Unknown(Place.START);
  }

  private Node parameter(String name) {
    return draft
        .parameter(name)
        .flatMap(parameter ->
            Optional.ofNullable(set.getOrDefault(name, parameter.fallback()))
                .filter(parameter::takes))
        .orElseGet(ExampleValues::unknown);
  }

  private Node regionValue(Expression.RegionValue value) {
    if (!draft.regionsReadable()) {
      return unknown();
    }
    Optional<String> found =
        switch (value.side()) {
          case PRIMARY -> draft.plan().regions().primary().value(value.name());
          case RECOVERY ->
              Optional.ofNullable(values.get(value.name())).or(() -> recovery.value(value.name()));
        };
    return found.map(ExampleValues::text).orElseGet(ExampleValues::unknown);
  }

  private Node output(Expression.StepOutput wanted) {
    Node known = outputs.get(wanted);
    if (known == null) {
      known = underWay.add(wanted.step()) ? bounded(example(wanted)) : unknown();
      underWay.remove(wanted.step());
      outputs.put(wanted, known);
    }
    return known;
  }

  private static Node bounded(Node example) {
    return example instanceof Node.Scalar scalar && scalar.text().length() > LONGEST
        ? unknown()
        : example;
  }

  private Node example(Expression.StepOutput wanted) {
    Optional<Step> step = draft.step(wanted.step());
    Optional<Kind> kind = step.flatMap(Use::knownKind);
    Optional<Kind.Output> output = kind.flatMap(each -> each.output(wanted.output()));
    if (output.isEmpty()) {
      return unknown();
    }
    Node with = Binding.resolve(step.get().with(), this);
    return output
        .get()
        .of(unknowns.drill())
        .filled(blank -> blank(blank, step.get(), kind.get(), with))
        .<Node>map(value -> new Node.Scalar(Place.START, value, output.get().scalar(), true))
        .orElseGet(ExampleValues::unknown);
  }

  private Optional<String> blank(String name, Step step, Kind kind, Node with) {
    Region region = draft.side(step) == Side.PRIMARY ? draft.plan().regions().primary() : recovery;
    return switch (name) {
      case "run" -> Optional.of(unknowns.run());
      case "region" -> Optional.of(region.region().value());
      case "partition" -> Optional.of(region.region().partition());
      case "suffix" -> Optional.of(region.region().dnsSuffix());
      case "account" ->
          Optional.of(region.account())
              .filter(account -> account.matches("\\d+"))
              .or(() -> Optional.of(unknowns.account()));
      default -> field(name, kind.fields(), with);
    };
  }

  private static Optional<String> field(String path, Shape.Group group, Node with) {
    String first = path.split("\\.", 2)[0];
    Optional<Node> written =
        with instanceof Node.Fields fields ? fields.get(first) : Optional.empty();
    if (path.length() > first.length()) {
      return written.flatMap(node -> field(path.substring(first.length() + 1), group, node));
    }
    return written
        .flatMap(node ->
            node instanceof Node.Scalar scalar ? Optional.of(scalar.text()) : Optional.empty())
        .or(() ->
            written.isPresent()
                ? Optional.empty()
                : group.slot(first).flatMap(Shape.Slot::byDefault));
  }
}
