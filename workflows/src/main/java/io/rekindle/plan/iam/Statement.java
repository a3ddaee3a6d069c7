package io.rekindle.plan.iam;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Actions that are allowed on the same resources under the same conditions. */
record Statement(SortedSet<String> actions, SortedSet<String> resources, Scope scope) {
  private record Key(SortedSet<String> resources, Scope scope) {}

  /** As few as say exactly this, always in the same order. */
  static List<Statement> of(Collection<Grant> grants) {
    Map<Key, SortedSet<String>> actions = new LinkedHashMap<>();
    resources(grants)
        .forEach((scope, byAction) ->
            byAction.forEach((action, resources) ->
                actions
                    .computeIfAbsent(
                        new Key(Wildcards.widest(resources), scope), key -> new TreeSet<>())
                    .add(action)));
    List<Statement> statements = new ArrayList<>();
    actions.forEach((key, all) -> statements.add(new Statement(all, key.resources(), key.scope())));
    statements.sort(Comparator.comparing(Statement::toString));
    return statements;
  }

  private static Map<Scope, Map<String, SortedSet<String>>> resources(Collection<Grant> grants) {
    Map<Scope, Map<String, SortedSet<String>>> resources = new LinkedHashMap<>();
    grants.forEach(grant ->
        resources
            .computeIfAbsent(grant.scope(), scope -> new TreeMap<>())
            .computeIfAbsent(grant.action(), action -> new TreeSet<>())
            .add(grant.resource()));
    return resources;
  }

  /** One for each resource. */
  List<Statement> apart() {
    return resources.stream()
        .map(each -> new Statement(actions, new TreeSet<>(List.of(each)), scope))
        .toList();
  }

  ObjectNode json() {
    ObjectNode statement = JsonNodeFactory.instance.objectNode();
    statement.put("Effect", "Allow");
    add(statement, "Action", actions);
    add(statement, "Resource", resources);
    if (!scope.isFree()) {
      statement.set("Condition", scope.json());
    }
    return statement;
  }

  /** A text where there is one, or else a list. */
  static void add(ObjectNode to, String name, SortedSet<String> values) {
    if (values.size() == 1) {
      to.put(name, values.getFirst());
    } else {
      values.forEach(to.withArray(name)::add);
    }
  }
}
