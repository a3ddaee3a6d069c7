package io.rekindle.simulator.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.plan.step.compute.Kubernetes;
import io.rekindle.simulator.fake.Tempo;
import io.rekindle.simulator.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;

/** What there is in the namespaces of one cluster, and what its controllers make of it. */
final class Namespaces {
  private static final String SCALE = "Scale";
  private static final String AUTOSCALERS = "horizontalpodautoscalers";
  private final Tempo tempo;
  private final List<Workload> workloads = new ArrayList<>();
  private final List<Autoscaler> autoscalers = new ArrayList<>();
  private IntSupplier room = () -> Integer.MAX_VALUE;
  private int rooms = Integer.MAX_VALUE;
  private long version = 1;

  Namespaces(Tempo tempo) {
    this.tempo = tempo;
  }

  synchronized void add(String resource, String namespace, String name, int replicas) {
    workloads.add(new Workload(resource, namespace, name, replicas, tempo.now()));
    version++;
  }

  synchronized void add(Workload of, String name, int min, int max) {
    autoscalers.add(new Autoscaler(of, name, min, max, tempo.now()));
    version++;
  }

  /** From now on there are nodes for so many pods. */
  synchronized void nodesFor(IntSupplier pods) {
    settle();
    room = pods;
    settle();
  }

  synchronized <T> T of(String resource, String namespace, String name, Function<Workload, T> ask) {
    settle();
    return ask.apply(find(resource, namespace, name).orElseThrow());
  }

  synchronized void scale(Workload it, int to) {
    Instant now = tempo.now();
    Instant end = tempo.end(SCALE, Kubernetes.Scale.class, "scale");
    it.scale(to, Fate.of(tempo.end(SCALE)), now, Duration.between(now, end));
    version++;
  }

  synchronized void rollOut(Workload it) {
    Instant now = tempo.now();
    Instant end = tempo.end(SCALE, Kubernetes.Scale.class, "scale");
    it.rollOut(now, Duration.between(now, end));
    version++;
  }

  synchronized void pause(Workload it) {
    it.pause(tempo.now());
    version++;
  }

  Optional<Workload> find(String resource, String namespace, String name) {
    return workloads.stream().filter(each -> each.is(resource, namespace, name)).findFirst();
  }

  /** How many pods of a Deployment are ready. */
  int ready(String namespace, String deployment) {
    return of(
        "deployments",
        namespace,
        deployment,
        it -> (int) it.pods().stream().filter(pod -> pod.isReady(tempo.now())).count());
  }

  private void settle() {
    Instant now = tempo.now();
    for (Autoscaler each : autoscalers) {
      if (each.wants(now) != each.of().replicas()) {
        scale(each.of(), each.wants(now));
      }
    }
    int pods = room.getAsInt();
    if (pods != rooms) {
      rooms = pods;
      workloads.forEach(each -> each.begin(now));
    }
    for (Workload each : workloads) {
      int others = workloads.stream().filter(it -> it != each).mapToInt(Workload::onNodes).sum();
      each.settle(now, Math.max(0, pods - others - each.onNodes()));
    }
  }

  synchronized Verdict answer(Ask ask) {
    settle();
    Documents documents = new Documents(tempo.now(), version);
    return switch (ask.resource()) {
      case "deployments", "statefulsets" -> workload(ask, documents);
      case "deployments/scale", "statefulsets/scale" -> scale(ask, documents);
      case AUTOSCALERS -> autoscaler(ask, documents);
      case "pods" -> pods(ask, documents);
      case "events" -> events(ask, documents);
      default -> Verdict.nowhere();
    };
  }

  private Verdict workload(Ask ask, Documents documents) {
    return ask.verb().equals("get")
        ? find(ask.resource(), ask.namespace(), ask.name())
            .map(it -> Verdict.of(documents.workload(it)))
            .orElseGet(() -> Verdict.notFound(ask))
        : Verdict.nowhere();
  }

  private Verdict scale(Ask ask, Documents documents) {
    String resource = ask.resource().replace("/scale", "");
    Optional<Workload> found = find(resource, ask.namespace(), ask.name());
    if (found.isEmpty()) {
      return Verdict.notFound(ask);
    }
    if (ask.isChange()) {
      JsonNode wanted = Json.parse(ask.body());
      if (isStale(wanted)) {
        return Verdict.conflict(ask);
      }
      int replicas = wanted.at("/spec/replicas").asInt();
      if (replicas < 0) {
        return Verdict.invalid(ask, "spec.replicas: must be greater than or equal to 0");
      }
      if (replicas != found.get().replicas()) {
        scale(found.get(), replicas);
      }
    }
    return Verdict.of(new Documents(documents.now(), version).scale(found.get()));
  }

  /** Whether it names a version, and not the present one. */
  private boolean isStale(JsonNode written) {
    String known = written.at("/metadata/resourceVersion").asText();
    return !known.isEmpty() && !known.equals(String.valueOf(version));
  }

  private Verdict autoscaler(Ask ask, Documents documents) {
    if (ask.verb().equals("list")) {
      return Verdict.of(
          documents.list(
              "HorizontalPodAutoscalerList",
              autoscalers.stream()
                  .filter(each -> each.of().namespace().equals(ask.namespace()))
                  .<Map<String, ?>>map(documents::autoscaler)
                  .toList()));
    }
    Optional<Autoscaler> found =
        autoscalers.stream()
            .filter(each -> each.of().namespace().equals(ask.namespace()))
            .filter(each -> each.name().equals(ask.name()))
            .findFirst();
    return found.map(it -> patched(ask, it)).orElseGet(() -> Verdict.notFound(ask));
  }

  private Verdict patched(Ask ask, Autoscaler it) {
    if (ask.isChange()) {
      JsonNode wanted = Json.parse(ask.body());
      int min = wanted.at("/spec/minReplicas").asInt(it.min());
      int max = wanted.at("/spec/maxReplicas").asInt(it.max());
      if (isStale(wanted)) {
        return Verdict.conflict(ask);
      }
      if (min < 1 || max < min) {
        return Verdict.invalid(
            ask, "spec.maxReplicas: must be greater than or equal to `minReplicas`");
      }
      it.limit(min, max, tempo.now());
      version++;
    }
    return Verdict.of(new Documents(tempo.now(), version).autoscaler(it));
  }

  private Verdict pods(Ask ask, Documents documents) {
    String selector = ask.query().getOrDefault("labelSelector", "");
    return Verdict.of(
        documents.list(
            "PodList",
            workloads.stream()
                .filter(each -> each.namespace().equals(ask.namespace()))
                .filter(each -> selector.isEmpty() || selector.equals("app=" + each.name()))
                .<Map<String, ?>>flatMap(each ->
                    each.pods().stream().map(pod -> new PodDocuments(documents).pod(each, pod)))
                .toList()));
  }

  /** Those of the objects and for the reason that are asked for. */
  private Verdict events(Ask ask, Documents documents) {
    List<Map<String, ?>> all = new ArrayList<>();
    PodDocuments told = new PodDocuments(documents);
    workloads.stream()
        .filter(each -> each.namespace().equals(ask.namespace()))
        .forEach(each -> {
          told.event(each).ifPresent(all::add);
          each.pods().forEach(pod -> told.event(each, pod).ifPresent(all::add));
        });
    List<String> wanted = List.of(ask.query().getOrDefault("fieldSelector", "").split(",", -1));
    all.removeIf(event -> !Documents.hasFields(event, wanted));
    return Verdict.of(documents.list("EventList", all));
  }
}
