package io.rekindle.simulator.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A part of a JSON document; {@code null} is the same as nothing. */
record JsonPart(JsonNode node) implements Part {

  @Override
  public Map<String, Part> members(Shape structure) {
    Map<String, String> names = new LinkedHashMap<>();
    structure
        .members()
        .forEach((name, shape) -> names.put(shape.locationName().orElse(name), name));
    Map<String, Part> members = new LinkedHashMap<>();
    node.properties()
        .forEach(field -> {
          String onTheWire = field.getKey();
          if (!field.getValue().isNull()) {
            members.put(
                names.getOrDefault(onTheWire, Part.unknown(onTheWire)),
                new JsonPart(field.getValue()));
          }
        });
    return members;
  }

  @Override
  public List<Part> items(Shape list) {
    List<Part> items = new ArrayList<>();
    node.forEach(each -> items.add(new JsonPart(each)));
    return items;
  }

  @Override
  public List<Part> values(Shape map) {
    return items(map);
  }

  @Override
  public List<Part> keys(Shape map) {
    List<Part> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(name -> keys.add(new JsonPart(TextNode.valueOf(name))));
    return keys;
  }

  @Override
  public boolean isScalar(String type) {
    return switch (type) {
      case "integer", "long" -> node.isIntegralNumber();
      case "float", "double", "timestamp" -> node.isNumber();
      case "boolean" -> node.isBoolean();
      case "list" -> node.isArray();
      case "map", "structure" -> node.isObject();
      default -> node.isTextual();
    };
  }

  @Override
  public String text() {
    return node.asText();
  }
}
