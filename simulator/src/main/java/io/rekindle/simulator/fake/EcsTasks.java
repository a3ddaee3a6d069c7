package io.rekindle.simulator.fake;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.plan.value.RegionName;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Json;
import io.rekindle.simulator.wire.Refusal;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The tasks of services: those that run, and those that were stopped or did not start. */
final class EcsTasks implements Fake {
  private final EcsServices services;
  private final Tempo tempo;

  EcsTasks(EcsServices services, Tempo tempo) {
    this.services = services;
    this.tempo = tempo;
  }

  private record Task(String arn, String wanted, String last, String stopCode, String reason) {
    Map<String, Object> shown(Instant created) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("taskArn", arn);
      all.put("desiredStatus", wanted);
      all.put("lastStatus", last);
      all.put("createdAt", created.getEpochSecond());
      if (!reason.isEmpty()) {
        all.put("stopCode", stopCode);
        all.put("stoppedReason", reason);
      }
      return all;
    }
  }

  @Override
  public Reply answer(Request request, Cloud next) {
    if (request.is("ecs", "ListTasks")) {
      return listed(request);
    }
    return request.is("ecs", "DescribeTasks") ? described(request) : next.answer(request);
  }

  private Reply listed(Request request) {
    JsonNode asked = Json.parse(request.text());
    String name = asked.path("serviceName").asText();
    String wanted = asked.path("desiredStatus").asText("RUNNING");
    Map<Thing, EcsScaling> found = services.of(request, cluster(asked), name);
    if (found.isEmpty() && !name.isEmpty()) {
      return new Refusal(400, "ServiceNotFoundException", "Service not found.").to(request);
    }
    List<String> arns =
        found.entrySet().stream()
            .flatMap(service -> tasks(service.getKey(), service.getValue()).stream())
            .filter(task -> task.wanted().equals(wanted))
            .map(Task::arn)
            .toList();
    return Reply.json(Json.print(Map.of("taskArns", arns)));
  }

  private Reply described(Request request) {
    JsonNode asked = Json.parse(request.text());
    List<String> arns = asked.path("tasks").valueStream().map(JsonNode::asText).toList();
    List<Map<String, Object>> shown = new ArrayList<>();
    services
        .of(request, cluster(asked), "")
        .forEach((thing, scaling) ->
            tasks(thing, scaling).stream()
                .filter(task -> arns.contains(task.arn()))
                .forEach(task -> shown.add(task.shown(scaling.begun()))));
    return Reply.json(Json.print(Map.of("tasks", shown, "failures", List.of())));
  }

  private static String cluster(JsonNode asked) {
    String given = asked.path("cluster").asText("default");
    return given.substring(given.lastIndexOf('/') + 1);
  }

  private List<Task> tasks(Thing service, EcsScaling scaling) {
    Instant now = tempo.now();
    List<Task> all = new ArrayList<>();
    add(all, service, "up", scaling.running(now), "RUNNING", "RUNNING", "", "");
    add(all, service, "new", scaling.pending(now), "RUNNING", "PENDING", "", "");
    add(
        all,
        service,
        "old",
        scaling.stopped(now),
        "STOPPED",
        now.isBefore(scaling.until()) ? "STOPPING" : "STOPPED",
        "ServiceSchedulerInitiated",
        "Scaling activity initiated by (deployment ecs-svc/1234567890)");
    add(
        all,
        service,
        "bad",
        scaling.failures(now),
        "STOPPED",
        "STOPPED",
        "TaskFailedToStart",
        "CannotPullContainerError: pull image manifest has been retried 1 time(s): not found");
    return all;
  }

  private static void add(
      List<Task> to,
      Thing service,
      String kind,
      int count,
      String wanted,
      String last,
      String stopCode,
      String reason) {
    String name = service.id().replaceFirst("^service/", "");
    String prefix =
        "arn:%s:ecs:%s:%s:task/%s-%s"
            .formatted(
                new RegionName(service.region()).partition(),
                service.region(),
                service.account(),
                name,
                kind);
    IntStream.range(0, count)
        .mapToObj(number -> new Task(prefix + number, wanted, last, stopCode, reason))
        .forEach(to::add);
  }
}
