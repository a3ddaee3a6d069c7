package io.rekindle.run;

import io.rekindle.plan.Expression;
import io.rekindle.plan.KnownAhead;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
import java.util.Map;
import java.util.function.Function;

/** What the words of expressions stand for, as far as a run knows by now. */
record Words(RunPlan plan, RunBook book, KnownAhead ahead)
    implements Function<Expression.Word, Node> {
  private static final Node UNKNOWN = new Node.Unknown(Place.START);

  static Words of(RunPlan plan, RunBook book) {
    return new Words(
        plan,
        book,
        new KnownAhead(
            plan.plan(), plan.terms().recovery(), plan.terms().selection().parameters()));
  }

  @Override
  public Node apply(Expression.Word word) {
    return switch (word) {
      case Expression.RunId run -> Node.Scalar.text(Place.START, book.run());
      case Expression.ParameterValue parameter -> ahead.apply(parameter);
      case Expression.RegionValue value -> ahead.apply(value);
      case Expression.StepOutput output -> output(output);
    };
  }

  private Node output(Expression.StepOutput wanted) {
    Map<String, String> outputs =
        book.has(wanted.step())
            ? book.step(wanted.step()).outputs()
            : plan.terms().outputs().getOrDefault(wanted.step(), Map.of());
    String value = outputs.get(wanted.output());
    return value == null
        ? UNKNOWN
        : plan.step(wanted.step())
            .flatMap(step -> step.kind().output(wanted.output()))
            .map(output -> output.given(value))
            .orElseGet(() -> Node.Scalar.text(Place.START, value));
  }
}
