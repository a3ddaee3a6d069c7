package io.rekindle.action.aws.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/**
 * What a function returned.
 *
 * @param text as it came
 * @param value missing where it is no JSON
 * @param threw whether the function ended by an error
 */
record Returned(String text, JsonNode value, boolean threw) {
  private static final JsonMapper JSON = new JsonMapper();

  /** As much as a history is burdened with. */
  private static final int LONGEST = 4000;

  private static final int LONGEST_WORDS = 200;

  static Returned of(InvokeResponse answer) {
    String text = answer.payload() == null ? "" : answer.payload().asUtf8String();
    return new Returned(
        text.isEmpty() ? "null" : text, value(text), answer.functionError() != null);
  }

  private static JsonNode value(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException unreadable) {
      return MissingNode.getInstance();
    }
  }

  /** What is not as it should be, if anything, said of the function. */
  Optional<String> failure(Map<String, String> expected) {
    if (threw) {
      return Optional.of(
          "failed: %s, \"%s\""
              .formatted(
                  value.path("errorType").asText("an error"),
                  cut(value.path("errorMessage").asText("no words"), LONGEST_WORDS)));
    }
    return new TreeMap<>(expected)
        .entrySet().stream()
            .filter(each -> !isAt(each.getKey(), each.getValue()))
            .findFirst()
            .map(each -> difference(each.getKey(), each.getValue()));
  }

  private boolean isAt(String field, String wanted) {
    JsonNode found = value.path(field);
    return found.isValueNode() && found.asText().equals(wanted);
  }

  private String difference(String field, String wanted) {
    JsonNode found = value.path(field);
    String seen =
        found.isMissingNode() ? "no field '" + field + "'" : "the field '" + field + "' = " + found;
    return "returned %s, expected is '%s'".formatted(cut(seen, LONGEST_WORDS), wanted);
  }

  String shortened() {
    return cut(text, LONGEST);
  }

  private static String cut(String whole, int longest) {
    return whole.length() <= longest
        ? whole
        : whole.substring(0, longest) + "... (cut: it has " + whole.length() + " characters)";
  }
}
