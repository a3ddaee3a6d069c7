package io.rekindle.plan;

import io.rekindle.plan.shape.Component.Says;
import io.rekindle.plan.shape.Component.Source;
import io.rekindle.plan.shape.Component.Written;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Node.ScalarType;
import io.rekindle.plan.shape.Place;
import io.rekindle.plan.shape.Shapes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value that is given when a run starts. */
public record Parameter(
    @Says("What it may hold.") Type type,
    @Written("default") @Says("Its value when none is given; without it one must be given.")
        @Nullable Node fallback,
    @Says("The only values it may have.") List<Node> oneOf,
    @Says("What it is for.") @Nullable String description,
    @Source Node.Fields source) {

  public enum Type {
    STRING,
    INTEGER,
    BOOLEAN;

    private static final int MOST_DIGITS = 18;

    boolean takes(Node node) {
      return node instanceof Node.Scalar scalar
          && switch (this) {
            case STRING -> scalar.type() == ScalarType.TEXT;
            case INTEGER ->
                scalar.type() == ScalarType.WHOLE && scalar.text().length() <= MOST_DIGITS;
            case BOOLEAN -> scalar.type() == ScalarType.FLAG;
          };
    }
  }

  /** Whether its type is what was written, and no stand-in for a word that is none. */
  public boolean isTypeKnown() {
    return source.text("type").filter(Shapes.word(type)::equals).isPresent();
  }

  /** The same without a list of values. */
  public Parameter ofAnyValue() {
    return new Parameter(type, fallback, List.of(), description, source);
  }

  /** Whether the node may be its value, by type and by the values listed. */
  public boolean takes(Node node) {
    return type.takes(node) && (oneOf.isEmpty() || values().contains(((Node.Scalar) node).text()));
  }

  /** The only values it may have, as texts; empty when any. */
  public List<String> values() {
    return oneOf.stream()
        .filter(Node.Scalar.class::isInstance)
        .map(node -> ((Node.Scalar) node).text())
        .toList();
  }

  /** A text given for it, such as {@code --set} gives, as the value that it would be in a plan. */
  public Node.Scalar given(String text) {
    return type == Type.STRING
        ? Node.Scalar.text(Place.START, text)
        : Node.Scalar.plain(Place.START, text);
  }

  /** What it takes: {@code one of ecs, eks}. */
  public String expects() {
    return oneOf.isEmpty()
        ? "a value of type " + Shapes.word(type)
        : "one of " + String.join(", ", values());
  }
}
