package io.rekindle.simulator.contract;

import io.rekindle.simulator.wire.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What somebody may do: one statement for each action, all of them allowing. */
public record Policy(List<Statement> statements) {

  /**
   * @param resources ARNs, in which {@code *} and {@code ?} stand for what they do in IAM
   */
  public record Statement(String action, List<String> resources) {
    boolean permits(String asked, String resource) {
      return action.equals(asked) && resources.stream().anyMatch(each -> covers(each, resource));
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

  boolean permits(String action, String resource) {
    return statements.stream().anyMatch(each -> each.permits(action, resource));
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
