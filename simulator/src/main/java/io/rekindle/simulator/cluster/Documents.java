package io.rekindle.simulator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.simulator.wire.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How things look in the API at a time. Only what a client of ours may read is there.
 *
 * @param version the resource version of all there is
 */
record Documents(Instant now, long version) {
  private static final int RESTARTS = 4;
  private static final String IMAGE = "shop/%s:1";
  private static final String QUOTA =
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

  private static Map<String, ?> condition(
      String type, String status, String reason, String message) {
    return Map.of("type", type, "status", status, "reason", reason, "message", message);
  }

  private Map<String, ?> meta(String namespace, String name, long generation) {
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

  Map<String, ?> pod(Workload of, Pod pod) {
    Map<String, Object> meta = new LinkedHashMap<>(meta(of.namespace(), pod.name(), 1));
    meta.put("labels", Map.of("app", of.name()));
    pod.end().ifPresent(end -> meta.put("deletionTimestamp", end.toString()));
    return Map.of(
        "apiVersion", "v1", "kind", "Pod", "metadata", meta, "status", podStatus(of, pod));
  }

  private Map<String, ?> podStatus(Workload of, Pod pod) {
    List<Map<String, ?>> conditions = new ArrayList<>();
    if (!pod.isOnANode()) {
      conditions.add(
          condition(
              "PodScheduled",
              "False",
              "Unschedulable",
              "0/1 nodes are available: 1 Insufficient cpu."));
      return Map.of("phase", "Pending", "conditions", conditions);
    }
    conditions.add(Map.of("type", "PodScheduled", "status", "True"));
    conditions.add(
        pod.isReady(now)
            ? Map.of("type", "Ready", "status", "True")
            : condition(
                "Ready",
                "False",
                "ContainersNotReady",
                "containers with unready status: [" + of.name() + "]"));
    return Map.of(
        "phase",
        isRunning(pod) ? "Running" : "Pending",
        "conditions",
        conditions,
        "containerStatuses",
        List.of(container(of, pod)));
  }

  private boolean isRunning(Pod pod) {
    return pod.isUp(now) && (pod.fate() == Fate.RUNS || pod.fate() == Fate.UNREADY);
  }

  private Map<String, ?> container(Workload of, Pod pod) {
    boolean crashes = pod.fate() == Fate.CRASHES && pod.isUp(now);
    Map<String, Object> container = new LinkedHashMap<>();
    container.put("name", of.name());
    container.put("image", IMAGE.formatted(of.name()));
    container.put("ready", pod.isReady(now));
    container.put("restartCount", crashes ? RESTARTS : 0);
    container.put("state", isRunning(pod) ? Map.of("running", Map.of()) : waiting(of, pod));
    if (crashes) {
      container.put(
          "lastState", Map.of("terminated", Map.of("exitCode", 137, "reason", "OOMKilled")));
    }
    return container;
  }

  private Map<String, ?> waiting(Workload of, Pod pod) {
    if (!pod.isUp(now)) {
      return Map.of("waiting", Map.of("reason", "ContainerCreating"));
    }
    String message =
        switch (pod.fate()) {
          case NO_IMAGE -> "Back-off pulling image \"" + IMAGE.formatted(of.name()) + "\"";
          case CRASHES -> "back-off 1m20s restarting failed container=%s".formatted(of.name());
          case NO_CONFIGURATION -> "secret \"database\" not found";
          case RUNS, UNREADY, REFUSED -> "";
        };
    return Map.of("waiting", Map.of("reason", pod.fate().word(), "message", message));
  }

  /** What its kubelet or its controller has to say of a failure. */
  Optional<Map<String, ?>> event(Workload of, Pod pod) {
    return pod.fate() == Fate.UNREADY && pod.isUp(now)
        ? Optional.of(
            event(
                of,
                "Pod",
                pod.name(),
                "Unhealthy",
                "Readiness probe failed: HTTP probe failed with statuscode: 503"))
        : Optional.empty();
  }

  Optional<Map<String, ?>> event(Workload of) {
    return of.isRefused() && of.resource().equals("statefulsets")
        ? Optional.of(
            event(of, "StatefulSet", of.name(), "FailedCreate", QUOTA.formatted(of.name())))
        : Optional.empty();
  }

  private Map<String, ?> event(
      Workload of, String kind, String name, String reason, String message) {
    return Map.of(
        "apiVersion",
        "v1",
        "kind",
        "Event",
        "metadata",
        meta(of.namespace(), name + ".1", 1),
        "involvedObject",
        Map.of("kind", kind, "namespace", of.namespace(), "name", name),
        "reason",
        reason,
        "type",
        "Warning",
        "message",
        message);
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
