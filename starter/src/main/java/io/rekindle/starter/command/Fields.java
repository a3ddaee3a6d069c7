package io.rekindle.starter.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Fields of a step as they are typed: JSON where it is JSON, a text otherwise. */
final class Fields {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Fields() {}

  static Map<String, JsonNode> of(Map<String, String> typed) {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    typed.forEach((name, value) -> fields.put(name, value(value)));
    return fields;
  }

  private static JsonNode value(String typed) {
    try {
      JsonNode read = JSON.readTree(typed);
      return read.isMissingNode() ? TextNode.valueOf(typed) : read;
    } catch (JsonProcessingException plain) {
      return TextNode.valueOf(typed);
    }
  }
}
