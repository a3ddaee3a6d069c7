package io.rekindle.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.plan.shape.Node;
import io.rekindle.plan.shape.Node.ScalarType;
import io.rekindle.plan.shape.Place;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The same tree as JSON, in which plans travel, and as nodes, in which they are read. A tree of
 * JSON has no places. A number whose digits would change on the way travels as a text.
 */
public final class Trees {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Readers of JSON take no longer numbers. */
  private static final int MOST_DIGITS = 500;

  private Trees() {}

  public static JsonNode json(Node node) {
    return switch (node) {
      case Node.Scalar scalar -> json(scalar);
      case Node.Items items -> {
        ArrayNode array = JSON.arrayNode();
        items.nodes().forEach(item -> array.add(json(item)));
        yield array;
      }
      case Node.Fields fields -> {
        ObjectNode object = JSON.objectNode();
        fields.fields().forEach(field -> object.set(field.name(), json(field.value())));
        yield object;
      }
      case Node.Unknown unknown -> JSON.nullNode();
    };
  }

  private static JsonNode json(Node.Scalar scalar) {
    return switch (scalar.type()) {
      case TEXT -> JSON.textNode(scalar.text());
      case WHOLE -> whole(scalar.text());
      case DECIMAL -> decimal(scalar.text());
      case FLAG -> JSON.booleanNode(scalar.text().equals("true"));
      case NOTHING -> JSON.nullNode();
    };
  }

  private static JsonNode whole(String text) {
    return text.length() <= MOST_DIGITS
        ? JSON.numberNode(new BigInteger(text))
        : JSON.textNode(text);
  }

  private static JsonNode decimal(String text) {
    double number = Double.parseDouble(text);
    return Double.toString(number).equals(text) ? JSON.numberNode(number) : JSON.textNode(text);
  }

  /** A value as it is typed on a command line, written like a value without quotes in a plan. */
  public static JsonNode typed(String text) {
    return json(Node.Scalar.plain(Place.START, text));
  }

  public static Node node(JsonNode json) {
    if (json.isObject()) {
      List<Node.Field> fields = new ArrayList<>();
      json.properties()
          .forEach(entry ->
              fields.add(new Node.Field(Place.START, entry.getKey(), node(entry.getValue()))));
      return new Node.Fields(Place.START, List.copyOf(fields));
    }
    if (json.isArray()) {
      List<Node> items = new ArrayList<>();
      json.forEach(item -> items.add(node(item)));
      return new Node.Items(Place.START, List.copyOf(items));
    }
    return new Node.Scalar(
        Place.START, json.isNull() ? "" : json.asText(), type(json), json.isTextual());
  }

  /** Several values as the fields of one group. */
  public static Node.Fields fields(Map<String, JsonNode> values) {
    return new Node.Fields(
        Place.START,
        values.entrySet().stream()
            .map(each -> new Node.Field(Place.START, each.getKey(), node(each.getValue())))
            .toList());
  }

  private static ScalarType type(JsonNode json) {
    if (json.isTextual()) {
      return ScalarType.TEXT;
    }
    if (json.isBoolean()) {
      return ScalarType.FLAG;
    }
    if (json.isIntegralNumber()) {
      return ScalarType.WHOLE;
    }
    return json.isNumber() ? ScalarType.DECIMAL : ScalarType.NOTHING;
  }
}
