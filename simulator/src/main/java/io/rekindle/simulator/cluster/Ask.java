package io.rekindle.simulator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.simulator.wire.Request;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of an API server: a verb on a resource of a namespace.
 *
 * @param group the API group; empty for the core one
 * @param resource in the plural, with its subresource, such as {@code deployments/scale}
 * @param name empty for all of them
 * @param query the parameters of the query, decoded
 */
record Ask(
    String verb,
    String group,
    String namespace,
    String resource,
    String name,
    Map<String, String> query,
    String body) {
  private static final Pattern PATH =
      Pattern.compile(
          "/(?:api/v1|apis/([a-z.]+)/v\\w+)/namespaces/([^/]+)/([a-z]+)(?:/([^/]+)(/[a-z]+)?)?");

  /** Empty for a path that leads to nothing of a namespace. */
  static Optional<Ask> of(String method, URI at, String body) {
    Matcher path = PATH.matcher(at.getPath());
    if (!path.matches()) {
      return Optional.empty();
    }
    String name = text(path.group(4));
    return Optional.of(
        new Ask(
            verb(method, name),
            text(path.group(1)),
            path.group(2),
            path.group(3) + text(path.group(5)),
            name,
            Request.decoded(text(at.getRawQuery())),
            body));
  }

  /** What a review of access asks about. */
  static Ask of(JsonNode attributes) {
    String subresource = attributes.path("subresource").asText();
    return new Ask(
        attributes.path("verb").asText(),
        attributes.path("group").asText(),
        attributes.path("namespace").asText(),
        attributes.path("resource").asText() + (subresource.isEmpty() ? "" : "/" + subresource),
        attributes.path("name").asText(),
        Map.of(),
        "");
  }

  private static String text(@Nullable String found) {
    return found == null ? "" : found;
  }

  private static String verb(String method, String name) {
    return switch (method) {
      case "GET" -> name.isEmpty() ? "list" : "get";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "POST" -> "create";
      default -> "delete";
    };
  }

  /** As a rule of RBAC has it: {@code update deployments/scale}. */
  String inWords() {
    return verb + " " + resource;
  }

  boolean isChange() {
    return !verb.equals("get") && !verb.equals("list");
  }

  /** The resource with its group, as messages name it. */
  String qualified() {
    String plain = resource.replaceFirst("/.*", "");
    return group.isEmpty() ? plain : plain + "." + group;
  }
}
