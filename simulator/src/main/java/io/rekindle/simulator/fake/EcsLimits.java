package io.rekindle.simulator.fake;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Json;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Application Auto Scaling: whoever sets the count of a service to less than its least or more than
 * its most has it for a minute, until the next scaling activity restores it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html">
 *     Automatically scale your Amazon ECS service</a>
 */
final class EcsLimits implements Fake {
  private static final Duration UNTIL_THE_NEXT_ACTIVITY = Duration.ofMinutes(1);
  private static final String TARGET = "AmazonEC2ContainerServiceV20141113";

  private final Map<Thing, Limits> byService = new ConcurrentHashMap<>();
  private final EcsServices services;
  private final Tempo tempo;

  EcsLimits(EcsServices services, Tempo tempo) {
    this.services = services;
    this.tempo = tempo;
  }

  private record Limits(int least, int most) {
    int nearest(int count) {
      return Math.clamp(count, least, most);
    }
  }

  @Override
  public Reply answer(Request request, Cloud next) {
    if (request.is("ecs", "DescribeServices")) {
      restore(request, next);
    }
    Reply reply = next.answer(request);
    if (reply.succeeded() && request.service().equals("application-autoscaling")) {
      remember(request);
    }
    return reply;
  }

  private void remember(Request request) {
    JsonNode asked = Json.parse(request.text());
    Thing service = Thing.of(request, "service", asked.path("ResourceId").asText());
    switch (request.operation()) {
      case "RegisterScalableTarget" ->
          byService.merge(
              service,
              new Limits(asked.path("MinCapacity").asInt(), asked.path("MaxCapacity").asInt()),
              (old, given) -> given);
      case "DeregisterScalableTarget" -> byService.remove(service);
      default -> {}
    }
  }

  private void restore(Request request, Cloud next) {
    JsonNode asked = Json.parse(request.text());
    String given = asked.path("cluster").asText("default");
    String cluster = given.substring(given.lastIndexOf('/') + 1);
    asked
        .path("services")
        .valueStream()
        .map(JsonNode::asText)
        .map(name -> name.substring(name.lastIndexOf('/') + 1))
        .forEach(name ->
            services
                .of(request, cluster, name)
                .forEach(
                    (thing, scaling) -> restore(request, next, cluster, name, thing, scaling)));
  }

  private void restore(
      Request request, Cloud next, String cluster, String name, Thing thing, EcsScaling scaling) {
    Limits limits = byService.get(thing);
    boolean isDue = !tempo.now().isBefore(scaling.begun().plus(UNTIL_THE_NEXT_ACTIVITY));
    if (limits != null && isDue && limits.nearest(scaling.to()) != scaling.to()) {
      Client.as(request, next)
          .json(
              "ecs",
              TARGET,
              "UpdateService",
              Map.of(
                  "cluster", cluster,
                  "service", name,
                  "desiredCount", limits.nearest(scaling.to())));
    }
  }

  @Override
  public void forget() {
    byService.clear();
  }
}
