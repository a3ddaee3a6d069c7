package io.rekindle.starter.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.rekindle.plan.Trees;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Fields of a step as they are typed: groups, lists and quoted texts as in JSON, all else as a
 * value without quotes in a plan.
 */
final class Fields {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Fields() {}

  static Map<String, JsonNode> of(Map<String, String> typed) {
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    typed.forEach((name, value) -> fields.put(name, value(value)));
    return fields;
  }

  private static JsonNode value(String typed) {
    if (typed.isEmpty() || "{[\"".indexOf(typed.charAt(0)) < 0) {
      return typed.isEmpty() ? TextNode.valueOf(typed) : Trees.typed(typed);
    }
    try {
      return JSON.readTree(typed);
    } catch (JsonProcessingException plain) {
      return TextNode.valueOf(typed);
    }
  }
}
