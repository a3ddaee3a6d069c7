package io.rekindle.simulator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.simulator.wire.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How things look in the API at a time. Only what a client of ours may read is there.
 *
 * @param version the resource version of all there is
 */
record Documents(Instant now, long version) {
  static final String QUOTA =
      "pods \"%s-6f7b8c9d4-\" is forbidden: exceeded quota: pods, requested: pods=1, used: pods=4,"
          + " limited: pods=4";

  Map<String, ?> workload(Workload it) {
    boolean isDeployment = it.resource().equals("deployments");
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("replicas", it.replicas());
    spec.put("selector", Map.of("matchLabels", Map.of("app", it.name())));
    if (it.isPaused()) {
      spec.put("paused", true);
    }
    return Map.of(
        "apiVersion",
        "apps/v1",
        "kind",
        isDeployment ? "Deployment" : "StatefulSet",
        "metadata",
        meta(it.namespace(), it.name(), it.generation()),
        "spec",
        spec,
        "status",
        status(it));
  }

  /** Pods that end are counted no more. */
  private Map<String, ?> status(Workload it) {
    List<Pod> wanted = it.pods().stream().filter(Pod::isWanted).toList();
    long ready = wanted.stream().filter(pod -> pod.isReady(now)).count();
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("observedGeneration", it.isObserved(now) ? it.generation() : it.generation() - 1);
    status.put("replicas", wanted.size());
    status.put("updatedReplicas", it.isUpdated(now) ? wanted.size() : 0);
    status.put("readyReplicas", ready);
    status.put("availableReplicas", ready);
    if (it.isRefused() && it.resource().equals("deployments")) {
      status.put(
          "conditions",
          List.of(condition("ReplicaFailure", "True", "FailedCreate", QUOTA.formatted(it.name()))));
    }
    return status;
  }

  static Map<String, ?> condition(String type, String status, String reason, String message) {
    return Map.of("type", type, "status", status, "reason", reason, "message", message);
  }

  Map<String, ?> meta(String namespace, String name, long generation) {
    return Map.of(
        "namespace",
        namespace,
        "name",
        name,
        "generation",
        generation,
        "resourceVersion",
        String.valueOf(version));
  }

  Map<String, ?> scale(Workload it) {
    long wanted = it.pods().stream().filter(Pod::isWanted).count();
    return Map.of(
        "apiVersion",
        "autoscaling/v1",
        "kind",
        "Scale",
        "metadata",
        meta(it.namespace(), it.name(), it.generation()),
        "spec",
        Map.of("replicas", it.replicas()),
        "status",
        Map.of("replicas", wanted, "selector", "app=" + it.name()));
  }

  Map<String, ?> autoscaler(Autoscaler it) {
    Workload of = it.of();
    return Map.of(
        "apiVersion",
        "autoscaling/v2",
        "kind",
        "HorizontalPodAutoscaler",
        "metadata",
        meta(of.namespace(), it.name(), 1),
        "spec",
        Map.of(
            "minReplicas",
            it.min(),
            "maxReplicas",
            it.max(),
            "scaleTargetRef",
            Map.of(
                "apiVersion",
                "apps/v1",
                "kind",
                of.resource().equals("deployments") ? "Deployment" : "StatefulSet",
                "name",
                of.name())),
        "status",
        Map.of("desiredReplicas", of.replicas()));
  }

  Map<String, ?> list(String kind, List<Map<String, ?>> items) {
    return Map.of(
        "apiVersion",
        "v1",
        "kind",
        kind,
        "metadata",
        Map.of("resourceVersion", String.valueOf(version)),
        "items",
        items);
  }

  /**
   * @param fields as in a selector, such as {@code reason=Unhealthy}
   */
  static boolean hasFields(Map<String, ?> event, List<String> fields) {
    JsonNode it = Json.parse(Json.print(event));
    return fields.stream()
        .filter(field -> !field.isEmpty())
        .map(field -> field.split("=", 2))
        .allMatch(field -> it.at("/" + field[0].replace('.', '/')).asText().equals(field[1]));
  }
}
