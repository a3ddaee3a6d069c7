package io.rekindle.plan.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Statements as documents that IAM takes. */
final class Documents {
  /** Characters of a managed policy. */
  static final int LARGEST = 6_144;

  private Documents() {}

  /** As few as hold all, in their order. */
  static List<JsonNode> split(List<Statement> statements) {
    List<JsonNode> documents = new ArrayList<>();
    List<ObjectNode> last = new ArrayList<>();
    for (Statement statement : fitting(statements)) {
      List<ObjectNode> more = new ArrayList<>(last);
      more.add(statement.json());
      if (isTooLarge(more)) {
        documents.add(of(last));
        more = new ArrayList<>(List.of(statement.json()));
      }
      last = more;
    }
    documents.add(of(last));
    return documents;
  }

  private static List<Statement> fitting(List<Statement> statements) {
    return statements.stream()
        .flatMap(statement ->
            isTooLarge(List.of(statement.json()))
                ? statement.apart().stream()
                : Stream.of(statement))
        .toList();
  }

  private static boolean isTooLarge(List<ObjectNode> statements) {
    return of(statements).toString().length() > LARGEST;
  }

  static JsonNode of(List<ObjectNode> statements) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("Version", "2012-10-17");
    document.putArray("Statement").addAll(statements);
    return document;
  }
}
