package io.rekindle.simulator.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.plan.step.compute.Eks;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Json;
import io.rekindle.simulator.wire.Refusal;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Stream;

/**
 * Managed node groups change their sizes in their own time, one update after another. The emulator
 * makes them; it knows no updates.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateNodegroupConfig.html">
 *     UpdateNodegroupConfig</a>
 */
final class EksNodegroups implements Fake {
  private final Map<Thing, Deque<EksScaling>> scalings = new ConcurrentHashMap<>();
  private final Tempo tempo;

  EksNodegroups(Tempo tempo) {
    this.tempo = tempo;
  }

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.service().equals("eks")) {
      return next.answer(request);
    }
    return switch (request.operation()) {
      case "CreateNodegroup" -> created(request, next.answer(request));
      case "DescribeNodegroup" -> described(request, next.answer(request));
      case "UpdateNodegroupConfig" -> updated(request, next);
      case "DescribeUpdate" -> shown(request);
      default -> next.answer(request);
    };
  }

  private static String cluster(Request request) {
    return request.path().split("/", -1)[2];
  }

  private static String fourth(Request request) {
    return request.path().split("/", -1)[4];
  }

  /** What was done to a node group, the newest last. */
  private Deque<EksScaling> of(Thing nodegroup) {
    return scalings.computeIfAbsent(nodegroup, first -> new ConcurrentLinkedDeque<>());
  }

  private static Thing thing(Request request, String cluster, String nodegroup) {
    return Thing.of(request, "nodegroup", cluster + "/" + nodegroup);
  }

  private Reply created(Request request, Reply reply) {
    if (!reply.succeeded()) {
      return reply;
    }
    JsonNode made = Json.parse(reply.text()).path("nodegroup");
    EksScaling.Sizes sizes = EksScaling.Sizes.of(made.path("scalingConfig"));
    EksScaling creation =
        new EksScaling(
            "",
            "",
            made.path("resources").path("autoScalingGroups").path(0).path("name").asText(),
            sizes,
            sizes,
            0,
            tempo.now(),
            tempo.end("CreateNodegroup", Eks.ScaleNodegroup.class, "scale"),
            "CREATING",
            tempo.end("CreateNodegroup"));
    of(thing(request, cluster(request), made.path("nodegroupName").asText())).add(creation);
    return reply;
  }

  private Reply described(Request request, Reply reply) {
    if (!reply.succeeded()) {
      return missing("No node group found for name: " + fourth(request) + ".").to(request);
    }
    Deque<EksScaling> all = of(thing(request, cluster(request), fourth(request)));
    if (all.isEmpty()) {
      return reply;
    }
    JsonNode answer = Json.parse(reply.text());
    show((ObjectNode) answer.path("nodegroup"), all.getLast());
    return reply.with(Json.print(answer));
  }

  private void show(ObjectNode nodegroup, EksScaling scaling) {
    Instant now = tempo.now();
    String told = tempo.end("CreateNodegroup");
    scaling.sizes(now).show(nodegroup);
    nodegroup.put("status", told.isEmpty() ? scaling.status(now) : told);
    nodegroup.put("modifiedAt", scaling.begun().toEpochMilli() / 1000.0);
    if (scaling.lacksInstances(now)) {
      nodegroup
          .putObject("health")
          .putArray("issues")
          .addObject()
          .put("code", "AsgInstanceLaunchFailures")
          .put("message", "Could not launch On-Demand Instances. InsufficientInstanceCapacity")
          .putArray("resourceIds")
          .add(scaling.group());
    }
  }

  /** The same token is the same request, also while its update runs. */
  private Reply updated(Request request, Cloud next) {
    if (!next.answer(request.asGet("DescribeNodegroup", describing(request))).succeeded()) {
      return missing("No node group found for name: " + fourth(request) + ".").to(request);
    }
    JsonNode asked = Json.parse(request.text());
    Deque<EksScaling> all = of(thing(request, cluster(request), fourth(request)));
    Optional<EksScaling> same =
        all.stream()
            .filter(each -> each.token().equals(asked.path("clientRequestToken").asText(" ")))
            .findFirst();
    return same.map(each -> Reply.json(print(each)))
        .orElseGet(() -> begun(request, asked.path("scalingConfig"), asked, all));
  }

  private static String describing(Request request) {
    return request.path().substring(0, request.path().lastIndexOf('/'));
  }

  private Reply begun(Request request, JsonNode config, JsonNode asked, Deque<EksScaling> all) {
    Instant now = tempo.now();
    EksScaling last = all.getLast();
    if (last.isUpdating(now)) {
      return new Refusal(
              409,
              "ResourceInUseException",
              "Nodegroup cannot be updated as it is currently not in Active State")
          .to(request);
    }
    EksScaling.Sizes to = last.sizes(now).with(config);
    if (!to.fault().isEmpty()) {
      return new Refusal(400, "InvalidParameterException", to.fault()).to(request);
    }
    EksScaling update =
        new EksScaling(
            UUID.randomUUID().toString(),
            asked.path("clientRequestToken").asText(),
            last.group(),
            last.sizes(now),
            to,
            last.running(now),
            now,
            tempo.end("UpdateNodegroupConfig", Eks.ScaleNodegroup.class, "scale"),
            "UPDATING",
            tempo.end("UpdateNodegroupConfig"));
    all.add(update);
    return Reply.json(print(update));
  }

  private Reply shown(Request request) {
    String nodegroup = request.parameter("nodegroupName").orElse("");
    return of(thing(request, cluster(request), nodegroup)).stream()
        .filter(each -> each.id().equals(fourth(request)))
        .findFirst()
        .map(each -> Reply.json(print(each)))
        .orElseGet(() -> missing("No update found for ID: " + fourth(request)).to(request));
  }

  /** The emulator says so without a code. */
  private static Refusal missing(String message) {
    return new Refusal(404, "ResourceNotFoundException", message);
  }

  private String print(EksScaling update) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    ObjectNode it =
        shown
            .putObject("update")
            .put("id", update.id())
            .put("status", update.updateStatus(tempo.now()))
            .put("type", "ConfigUpdate")
            .put("createdAt", update.begun().toEpochMilli() / 1000.0);
    it.putArray("params")
        .add(param("MinSize", update.to().min()))
        .add(param("MaxSize", update.to().max()))
        .add(param("DesiredSize", update.to().desired()));
    if (update.updateStatus(tempo.now()).equals(EksScaling.FAILED)) {
      it.putArray("errors")
          .addObject()
          .put("errorCode", "NodeCreationFailure")
          .put("errorMessage", "Couldn't proceed with upgrade process as new nodes are not joining")
          .putArray("resourceIds");
    }
    return Json.print(shown);
  }

  private static ObjectNode param(String type, int value) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", type)
        .put("value", String.valueOf(value));
  }

  /** What Auto Scaling groups of node groups there are for whoever asks. */
  List<EksScaling> groups(Request request) {
    return scalings.entrySet().stream()
        .filter(each ->
            each.getKey().account().equals(request.caller().account())
                && each.getKey().region().equals(request.region()))
        .flatMap(each -> Stream.ofNullable(each.getValue().peekLast()))
        .toList();
  }

  @Override
  public void forget() {
    scalings.clear();
  }
}
