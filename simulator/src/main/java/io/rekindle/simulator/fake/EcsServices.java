package io.rekindle.simulator.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.plan.step.compute.Ecs;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Json;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets the tasks of a service start and stop in their own time. Scaling alone begins no deployment:
 * as on AWS, only the counts tell that it is not done, or that its tasks fail.
 */
final class EcsServices implements Fake {
  private final Map<Thing, EcsScaling> scalings = new ConcurrentHashMap<>();
  private final Map<Thing, String> taskDefinitions = new ConcurrentHashMap<>();
  private final Map<String, Thing> byTargetGroup = new ConcurrentHashMap<>();
  private final Tempo tempo;

  EcsServices(Tempo tempo) {
    this.tempo = tempo;
  }

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.service().equals("ecs")) {
      return next.answer(request);
    }
    Reply reply = next.answer(request);
    if (!reply.succeeded()) {
      return reply;
    }
    JsonNode answer = Json.parse(reply.text());
    JsonNode asked = Json.parse(request.text());
    switch (request.operation()) {
      case "CreateService" -> begin(request, asked, answer.path("service"), 0, true);
      case "UpdateService" -> update(request, asked, answer.path("service"));
      default -> {}
    }
    Stream.concat(Stream.of(answer.path("service")), answer.path("services").valueStream())
        .filter(ObjectNode.class::isInstance)
        .forEach(service -> show(request, (ObjectNode) service));
    return reply.with(Json.print(answer));
  }

  private void update(Request request, JsonNode asked, JsonNode service) {
    String runs = taskDefinitions.getOrDefault(thing(request, service), "");
    boolean deploys =
        asked.path("forceNewDeployment").asBoolean()
            || (asked.hasNonNull("taskDefinition")
                && !asked.path("taskDefinition").asText().equals(runs));
    int running = running(thing(request, service)).orElse(service.path("runningCount").asInt());
    if (deploys || running != service.path("desiredCount").asInt()) {
      begin(request, asked, service, running, deploys);
    }
  }

  private void begin(Request request, JsonNode asked, JsonNode service, int from, boolean deploys) {
    Thing thing = thing(request, service);
    int to = service.path("desiredCount").asInt();
    Instant until = tempo.end(request.operation(), Ecs.ScaleService.class, "scale");
    boolean fails = tempo.end(request.operation()).equals(EcsScaling.FAILED) && to > 0;
    scalings.put(thing, new EcsScaling(from, to, tempo.now(), until, deploys, fails));
    taskDefinitions.put(thing, service.path("taskDefinition").asText());
    asked
        .path("loadBalancers")
        .valueStream()
        .map(balancer -> balancer.path("targetGroupArn").asText())
        .forEach(group -> byTargetGroup.put(group, thing));
  }

  private void show(Request request, ObjectNode service) {
    EcsScaling scaling = scalings.get(thing(request, service));
    if (scaling == null) {
      return;
    }
    Instant now = tempo.now();
    count(service, scaling, now);
    service
        .path("deployments")
        .valueStream()
        .filter(each -> each.path("status").asText().equals("PRIMARY"))
        .map(ObjectNode.class::cast)
        .forEach(each -> {
          count(each, scaling, now);
          each.set("taskDefinition", service.path("taskDefinition"));
          each.put("rolloutState", scaling.rollout(now));
          each.put("failedTasks", scaling.failedTasks(now));
          if (scaling.rollout(now).equals(EcsScaling.FAILED)) {
            each.put(
                "rolloutStateReason", "ECS deployment circuit breaker: tasks failed to start.");
          }
        });
    if (scaling.hasFailed(now)) {
      tell(service, "is unable to consistently start tasks successfully.", now);
    }
  }

  private static void tell(ObjectNode service, String what, Instant now) {
    service
        .withArray("events")
        .addObject()
        .put("id", "1")
        .put("createdAt", now.getEpochSecond())
        .put("message", "(service %s) %s".formatted(service.path("serviceName").asText(), what));
  }

  private static void count(ObjectNode node, EcsScaling scaling, Instant now) {
    node.put("desiredCount", scaling.to());
    node.put("runningCount", scaling.running(now));
    node.put("pendingCount", scaling.pending(now));
  }

  private static Thing thing(Request request, JsonNode service) {
    return Thing.of(request, "service", service.path("serviceArn").asText());
  }

  private Optional<Integer> running(Thing service) {
    return Optional.ofNullable(scalings.get(service)).map(scaling -> scaling.running(tempo.now()));
  }

  /**
   * The services of a cluster.
   *
   * @param name empty for all
   */
  Map<Thing, EcsScaling> of(Request request, String cluster, String name) {
    Thing exact = Thing.of(request, "service", "service/" + cluster + "/" + name);
    return scalings.entrySet().stream()
        .filter(each ->
            name.isEmpty()
                ? each.getKey().account().equals(exact.account())
                    && each.getKey().region().equals(exact.region())
                    && each.getKey().id().startsWith(exact.id())
                : each.getKey().equals(exact))
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                Map.Entry::getValue,
                (one, other) -> one,
                () -> new TreeMap<>(Comparator.comparing(Thing::id))));
  }

  /** How many tasks of the service behind a target group run, and how many are about to. */
  Optional<Tasks> behind(String targetGroup) {
    return Optional.ofNullable(byTargetGroup.get(targetGroup))
        .map(scalings::get)
        .map(scaling -> new Tasks(scaling.running(tempo.now()), scaling.to()));
  }

  record Tasks(int running, int desired) {}

  @Override
  public void forget() {
    scalings.clear();
    taskDefinitions.clear();
    byTargetGroup.clear();
  }
}
