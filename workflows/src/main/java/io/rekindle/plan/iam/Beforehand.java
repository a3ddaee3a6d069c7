package io.rekindle.plan.iam;

import io.rekindle.plan.value.Arn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What must be there before the night: in a disaster IAM may take no change. */
final class Beforehand {
  private static final String SERVICE_ROLES = ":role/aws-service-role/";

  private final Map<String, SortedSet<String>> keyUses = new TreeMap<>();
  private final Map<String, SortedSet<String>> keyUsers = new TreeMap<>();
  private final Map<String, SortedSet<String>> passed = new TreeMap<>();
  private final Map<String, SortedSet<String>> serviceRoles = new TreeMap<>();

  private Beforehand() {}

  static List<String> of(Collection<Arn> roles, Map<Holder, Set<Grant>> grants) {
    Beforehand before = new Beforehand();
    grants.forEach((holder, all) -> all.forEach(grant -> before.note(holder, grant)));
    List<String> sentences = new ArrayList<>();
    roles.forEach(
        role -> sentences.add("The role " + role + ", with the trust policy and its policies."));
    before.passed.forEach((role, spots) ->
        sentences.add("The role %s, which is handed to AWS by %s.".formatted(role, joined(spots))));
    before.serviceRoles.forEach((role, spots) ->
        sentences.add(
            "The service-linked role of %s, used by %s: aws iam create-service-linked-role"
                    .formatted(service(role), joined(spots))
                + " --aws-service-name "
                + service(role)));
    before.keyUses.forEach((key, actions) ->
        sentences.add(
            "%s: its key policy must leave %s to IAM, or allow it to %s."
                .formatted(
                    key.endsWith("key/*") ? "Every KMS key in use, " + key : "The KMS key " + key,
                    joined(actions),
                    joined(before.keyUsers.getOrDefault(key, new TreeSet<>())))));
    return sentences;
  }

  private void note(Holder holder, Grant grant) {
    String resource = grant.resource();
    if (grant.action().equals("iam:PassRole")) {
      add(passed, resource, grant.spot());
    } else if (grant.action().equals("iam:CreateServiceLinkedRole")) {
      add(serviceRoles, resource, grant.spot());
    } else if (grant.action().startsWith("kms:")) {
      add(keyUses, resource, grant.action());
      add(keyUsers, resource, holder.role() == null ? "the worker" : holder.role().value());
    }
  }

  private static void add(Map<String, SortedSet<String>> to, String name, String value) {
    to.computeIfAbsent(name, key -> new TreeSet<>()).add(value);
  }

  private static String service(String role) {
    int at = role.indexOf(SERVICE_ROLES) + SERVICE_ROLES.length();
    return role.substring(at).replaceFirst("/.*", "");
  }

  private static String joined(SortedSet<String> words) {
    return words.stream().collect(Collectors.joining(", "));
  }
}
