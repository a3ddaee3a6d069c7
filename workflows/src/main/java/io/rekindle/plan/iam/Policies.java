package io.rekindle.plan.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.plan.Kind;
import io.rekindle.plan.Plan;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Realm;
import io.rekindle.plan.value.Arn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What AWS must permit for exactly one plan.
 *
 * @param roles those that the plan has taken on
 * @param beforehand what must be there before the night, as sentences
 */
public record Policies(List<Part> parts, List<Arn> roles, List<String> beforehand) {

  /**
   * Of one duty, for one identity.
   *
   * @param role none for the identity that the worker has by itself
   * @param policies several where one would be larger than IAM takes
   */
  public record Part(Duty duty, @Nullable Arn role, List<Policy> policies, List<Reason> reasons) {}

  /** A managed policy. */
  public record Policy(String name, JsonNode document) {
    /** As IAM counts it. */
    public int size() {
      return document.toString().length();
    }
  }

  /** Why an action is there. */
  public record Reason(String action, List<String> resources, List<String> uses) {}

  /**
   * @param set values of parameters; a step that they leave out needs nothing
   * @throws NotForeseen when it depends on what nobody has told
   */
  public static Policies of(Plan plan, Map<String, String> set) {
    SortedMap<Holder, Set<Grant>> grants = Grants.of(plan, set);
    List<Part> parts = new ArrayList<>();
    for (Duty duty : Duty.values()) {
      String name = "rekindle-" + plan.application() + "-" + duty.word();
      parts.addAll(named(name, parts(duty, grants)));
    }
    List<Arn> roles =
        grants.keySet().stream()
            .flatMap(holder -> Stream.ofNullable(holder.role()))
            .distinct()
            .sorted(Comparator.comparing(Arn::value))
            .toList();
    return new Policies(parts, roles, Beforehand.of(roles, grants));
  }

  /** For a single step, in the same form and under the same conditions. */
  public static JsonNode ofStep(Kind kind, Action with, Realm at, String application) {
    return Documents.of(
        Statement.of(Grant.of(kind, with, at, application, "")).stream()
            .map(Statement::json)
            .toList());
  }

  /** Who may take on a role of the plan. */
  public static JsonNode trust(String principal) {
    ObjectNode statement = JsonNodeFactory.instance.objectNode();
    statement.put("Effect", "Allow");
    statement.putObject("Principal").put("AWS", principal);
    statement.put("Action", "sts:AssumeRole");
    return Documents.of(List.of(statement));
  }

  private record Unnamed(Holder holder, List<JsonNode> documents, List<Reason> reasons) {}

  private static List<Unnamed> parts(Duty duty, SortedMap<Holder, Set<Grant>> grants) {
    return grants.entrySet().stream()
        .filter(entry -> entry.getKey().duty() == duty)
        .map(entry ->
            new Unnamed(
                entry.getKey(),
                Documents.split(Statement.of(entry.getValue())),
                reasons(entry.getValue())))
        .toList();
  }

  private static List<Part> named(String name, List<Unnamed> parts) {
    boolean alone = parts.stream().mapToInt(part -> part.documents().size()).sum() == 1;
    List<Part> all = new ArrayList<>();
    int number = 0;
    for (Unnamed part : parts) {
      List<Policy> policies = new ArrayList<>();
      for (JsonNode document : part.documents()) {
        policies.add(new Policy(alone ? name : name + "-" + ++number, document));
      }
      all.add(new Part(part.holder().duty(), part.holder().role(), policies, part.reasons()));
    }
    return all;
  }

  private static List<Reason> reasons(Set<Grant> grants) {
    SortedMap<String, List<Grant>> byAction =
        grants.stream()
            .collect(Collectors.groupingBy(Grant::action, TreeMap::new, Collectors.toList()));
    List<Reason> reasons = new ArrayList<>();
    byAction.forEach((action, all) -> {
      SortedSet<String> resources =
          all.stream().map(Grant::resource).collect(Collectors.toCollection(TreeSet::new));
      reasons.add(new Reason(action, List.copyOf(Wildcards.widest(resources)), uses(all)));
    });
    return reasons;
  }

  private static List<String> uses(List<Grant> grants) {
    SortedMap<String, SortedSet<String>> bySpot = new TreeMap<>();
    grants.forEach(
        grant -> bySpot.computeIfAbsent(grant.spot(), spot -> new TreeSet<>()).add(grant.use()));
    return bySpot.entrySet().stream()
        .map(entry -> entry.getKey() + " (" + String.join("; ", entry.getValue()) + ")")
        .toList();
  }
}
