package io.rekindle.simulator.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.simulator.wire.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What somebody may do: one statement for each action, all of them allowing. */
public record Policy(List<Statement> statements) {

  /**
   * @param resources ARNs, in which {@code *} and {@code ?} stand for what they do in IAM
   * @param conditions the values of which each key must have one
   */
  public record Statement(
      String action, List<String> resources, Map<String, List<String>> conditions) {
    public Statement(String action, List<String> resources) {
      this(action, resources, Map.of());
    }

    boolean permits(Access asked, Function<String, Optional<String>> context) {
      return action.equals(asked.action())
          && resources.stream().anyMatch(each -> covers(each, asked.resource()))
          && conditions.entrySet().stream()
              .allMatch(each ->
                  context.apply(each.getKey()).filter(each.getValue()::contains).isPresent());
    }

    private static boolean covers(String pattern, String resource) {
      return resource.matches(
          Arrays.stream(pattern.split("(?<=[*?])|(?=[*?])"))
              .map(part ->
                  switch (part) {
                    case "*" -> ".*";
                    case "?" -> ".";
                    default -> Pattern.quote(part);
                  })
              .collect(Collectors.joining()));
    }
  }

  public Policy {
    statements = List.copyOf(statements);
  }

  /** What documents of IAM allow together; of conditions it knows {@code StringEquals}. */
  public static Policy read(List<String> documents) {
    return new Policy(
        documents.stream()
            .flatMap(document -> all(Json.parse(document).path("Statement")))
            .flatMap(Policy::statements)
            .toList());
  }

  private static Stream<Statement> statements(JsonNode written) {
    Map<String, List<String>> conditions = new TreeMap<>();
    written.path("Condition").fieldNames().forEachRemaining(Policy::requireEquals);
    written
        .at("/Condition/StringEquals")
        .properties()
        .forEach(each -> conditions.put(each.getKey(), texts(each.getValue())));
    return texts(written.path("Action")).stream()
        .map(action -> new Statement(action, texts(written.path("Resource")), conditions));
  }

  private static void requireEquals(String operator) {
    if (!operator.equals("StringEquals")) {
      throw new IllegalArgumentException("The simulator judges no condition " + operator + ".");
    }
  }

  private static List<String> texts(JsonNode oneOrMany) {
    return all(oneOrMany).map(JsonNode::asText).toList();
  }

  private static Stream<JsonNode> all(JsonNode oneOrMany) {
    return oneOrMany.isArray()
        ? StreamSupport.stream(oneOrMany.spliterator(), false)
        : Stream.of(oneOrMany);
  }

  /** The same without one action. */
  public Policy without(String action) {
    return new Policy(statements.stream().filter(each -> !each.action().equals(action)).toList());
  }

  /**
   * @param context what keys of conditions stand for
   */
  boolean permits(Access asked, Function<String, Optional<String>> context) {
    return statements.stream().anyMatch(each -> each.permits(asked, context));
  }

  /** The actions alone, on anything, for a judge that knows no resources. */
  String ofActions() {
    List<String> actions = statements.stream().map(Statement::action).distinct().toList();
    return Json.print(
        Map.of(
            "Version",
            "2012-10-17",
            "Statement",
            List.of(Map.of("Effect", "Allow", "Action", actions, "Resource", "*"))));
  }
}
