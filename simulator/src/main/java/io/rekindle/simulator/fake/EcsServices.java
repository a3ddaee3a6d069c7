package io.rekindle.simulator.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.plan.step.Ecs;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Json;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Lets the tasks of a service start and stop in their own time. Scaling alone begins no deployment:
 * as on AWS, only the counts tell that it is not done.
 */
final class EcsServices implements Fake {
  private static final String FAILED = "FAILED";
  private final Map<Thing, Scaling> scalings = new ConcurrentHashMap<>();
  private final Map<String, Thing> byTargetGroup = new ConcurrentHashMap<>();
  private final Pace pace;

  EcsServices(Pace pace) {
    this.pace = pace;
  }

  /**
   * @param deploys whether it began a deployment
   * @param fails whether its tasks never stay up
   */
  private record Scaling(int from, int to, Instant until, boolean deploys, boolean fails) {
    int running(Instant now) {
      return now.isBefore(until) ? from : fails ? 0 : to;
    }

    int pending(Instant now) {
      return Math.max(0, to - running(now));
    }

    String rollout(Instant now) {
      if (now.isBefore(until)) {
        return deploys ? "IN_PROGRESS" : "COMPLETED";
      }
      return fails ? FAILED : "COMPLETED";
    }
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
    boolean deploys =
        asked.path("forceNewDeployment").asBoolean() || asked.hasNonNull("taskDefinition");
    int running = running(thing(request, service)).orElse(service.path("runningCount").asInt());
    if (deploys || running != service.path("desiredCount").asInt()) {
      begin(request, asked, service, running, deploys);
    }
  }

  private void begin(Request request, JsonNode asked, JsonNode service, int from, boolean deploys) {
    Thing thing = thing(request, service);
    int to = service.path("desiredCount").asInt();
    Instant until = pace.end(request.operation(), Ecs.ScaleService.class, "scale");
    boolean fails = pace.end(request.operation()).equals(FAILED) && to > 0;
    scalings.put(thing, new Scaling(from, to, until, deploys, fails));
    asked
        .path("loadBalancers")
        .valueStream()
        .map(balancer -> balancer.path("targetGroupArn").asText())
        .forEach(group -> byTargetGroup.put(group, thing));
  }

  private void show(Request request, ObjectNode service) {
    Scaling scaling = scalings.get(thing(request, service));
    if (scaling == null) {
      return;
    }
    Instant now = pace.now();
    count(service, scaling, now);
    service
        .path("deployments")
        .valueStream()
        .filter(each -> each.path("status").asText().equals("PRIMARY"))
        .map(ObjectNode.class::cast)
        .forEach(each -> {
          count(each, scaling, now);
          each.put("rolloutState", scaling.rollout(now));
          each.put("failedTasks", scaling.rollout(now).equals(FAILED) ? scaling.to() : 0);
        });
  }

  private static void count(ObjectNode node, Scaling scaling, Instant now) {
    node.put("desiredCount", scaling.to());
    node.put("runningCount", scaling.running(now));
    node.put("pendingCount", scaling.pending(now));
  }

  private static Thing thing(Request request, JsonNode service) {
    return Thing.of(request, "service", service.path("serviceArn").asText());
  }

  private Optional<Integer> running(Thing service) {
    return Optional.ofNullable(scalings.get(service)).map(scaling -> scaling.running(pace.now()));
  }

  /** How many tasks of the service behind a target group run, and how many are about to. */
  Optional<Tasks> behind(String targetGroup) {
    return Optional.ofNullable(byTargetGroup.get(targetGroup))
        .map(scalings::get)
        .map(scaling -> new Tasks(scaling.running(pace.now()), scaling.to()));
  }

  record Tasks(int running, int desired) {}

  @Override
  public void forget() {
    scalings.clear();
    byTargetGroup.clear();
  }
}
