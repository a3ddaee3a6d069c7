package io.rekindle.plan;

import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Place;
import java.util.Map;
import java.util.function.Function;

/**
 * What the words of expressions stand for, as far as it is known before a run begins.
 *
 * @param recovery the Region that was chosen
 * @param parameters their values as texts
 */
public record KnownAhead(Plan plan, Region recovery, Map<String, String> parameters)
    implements Function<Expression.Word, Node> {
  private static final Node UNKNOWN = new Node.Unknown(Place.START);

  @Override
  public Node apply(Expression.Word word) {
    return switch (word) {
      case Expression.ParameterValue parameter -> parameter(parameter.name());
      case Expression.RegionValue value ->
          region(value.side())
              .value(value.name())
              .<Node>map(text -> Node.Scalar.text(Place.START, text))
              .orElse(UNKNOWN);
      case Expression.RunId run -> UNKNOWN;
      case Expression.StepOutput output -> UNKNOWN;
    };
  }

  public Region region(Region.Side side) {
    return switch (side) {
      case PRIMARY -> plan.regions().primary();
      case RECOVERY -> recovery;
    };
  }

  private Node parameter(String name) {
    Parameter parameter = plan.parameters().get(name);
    String value = parameters.get(name);
    return parameter == null || value == null ? UNKNOWN : parameter.given(value);
  }
}
