package io.rekindle.run;

import io.rekindle.plan.Expression;
import io.rekindle.plan.Parameter;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
import java.util.Map;
import java.util.function.Function;

/** What the words of expressions stand for, as far as a run knows by now. */
record Words(RunPlan plan, RunBook book) implements Function<Expression.Word, Node> {
  private static final Node UNKNOWN = new Node.Unknown(Place.START);

  @Override
  public Node apply(Expression.Word word) {
    return switch (word) {
      case Expression.RunId run -> text(book.run());
      case Expression.ParameterValue parameter -> parameter(parameter.name());
      case Expression.RegionValue value ->
          plan.region(value.side()).value(value.name()).map(Words::text).orElse(UNKNOWN);
      case Expression.StepOutput output -> output(output);
    };
  }

  private static Node text(String text) {
    return Node.Scalar.text(Place.START, text);
  }

  private Node parameter(String name) {
    Parameter parameter = plan.plan().parameters().get(name);
    String value = plan.terms().selection().parameters().get(name);
    return parameter == null || value == null ? UNKNOWN : parameter.given(value);
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
