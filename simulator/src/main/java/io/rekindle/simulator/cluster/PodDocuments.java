package io.rekindle.simulator.cluster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How pods look in the API, and what is told of those that fail. */
record PodDocuments(Documents all) {
  private static final int RESTARTS = 4;
  private static final String IMAGE = "shop/%s:1";

  private Instant now() {
    return all.now();
  }

  Map<String, ?> pod(Workload of, Pod pod) {
    Map<String, Object> meta = new LinkedHashMap<>(all.meta(of.namespace(), pod.name(), 1));
    meta.put("labels", Map.of("app", of.name()));
    pod.end().ifPresent(end -> meta.put("deletionTimestamp", end.toString()));
    return Map.of(
        "apiVersion", "v1", "kind", "Pod", "metadata", meta, "status", podStatus(of, pod));
  }

  private Map<String, ?> podStatus(Workload of, Pod pod) {
    List<Map<String, ?>> conditions = new ArrayList<>();
    if (!pod.isOnANode()) {
      conditions.add(
          Documents.condition(
              "PodScheduled",
              "False",
              "Unschedulable",
              "0/1 nodes are available: 1 Insufficient cpu."));
      return Map.of("phase", "Pending", "conditions", conditions);
    }
    conditions.add(Map.of("type", "PodScheduled", "status", "True"));
    conditions.add(
        pod.isReady(now())
            ? Map.of("type", "Ready", "status", "True")
            : Documents.condition(
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
    return pod.isUp(now()) && (pod.fate() == Fate.RUNS || pod.fate() == Fate.UNREADY);
  }

  private Map<String, ?> container(Workload of, Pod pod) {
    boolean crashes = pod.fate() == Fate.CRASHES && pod.isUp(now());
    Map<String, Object> container = new LinkedHashMap<>();
    container.put("name", of.name());
    container.put("image", IMAGE.formatted(of.name()));
    container.put("ready", pod.isReady(now()));
    container.put("restartCount", crashes ? RESTARTS : 0);
    container.put("state", isRunning(pod) ? Map.of("running", Map.of()) : waiting(of, pod));
    if (crashes) {
      container.put(
          "lastState", Map.of("terminated", Map.of("exitCode", 137, "reason", "OOMKilled")));
    }
    return container;
  }

  private Map<String, ?> waiting(Workload of, Pod pod) {
    if (!pod.isUp(now())) {
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
    return pod.fate() == Fate.UNREADY && pod.isUp(now())
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
            event(
                of, "StatefulSet", of.name(), "FailedCreate", Documents.QUOTA.formatted(of.name())))
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
        all.meta(of.namespace(), name + ".1", 1),
        "involvedObject",
        Map.of("kind", kind, "namespace", of.namespace(), "name", name),
        "reason",
        reason,
        "type",
        "Warning",
        "message",
        message);
  }
}
