package io.rekindle.simulator.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.plan.step.data.Secrets;
import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Json;
import io.rekindle.simulator.wire.Refusal;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Replicas of secrets: what is made or changed in the primary's Region comes to them after a while,
 * and each can be promoted in its own Region. It keeps its ARN then, under which it is known here.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html">
 *     Replicate secrets across Regions</a>
 */
final class SecretReplicas implements Fake {
  private static final String SERVICE = "secretsmanager";
  private static final String FAILED = "Failed";
  private static final Set<String> CHANGES =
      Set.of("PutSecretValue", "UpdateSecretVersionStage", "UpdateSecret", "RotateSecret");

  private final Map<Thing, Underway> underway = new ConcurrentHashMap<>();
  private final Map<Thing, String> promoted = new ConcurrentHashMap<>();
  private final Tempo tempo;

  SecretReplicas(Tempo tempo) {
    this.tempo = tempo;
  }

  /**
   * Something that has not come to a replica yet.
   *
   * @param value what is read of it until then; empty as long as there is no replica
   */
  private record Underway(Instant until, Optional<Reply> value) {}

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.service().equals(SERVICE)) {
      return next.answer(request);
    }
    Request known = byName(request);
    return switch (request.operation()) {
      case "ReplicateSecretToRegions" -> replicated(known, next);
      case "StopReplicationToReplica" -> stopped(known, next);
      case "DescribeSecret" -> described(known, next);
      case "GetSecretValue" -> value(known, next);
      default ->
          CHANGES.contains(request.operation()) ? changed(known, next) : answered(known, next);
    };
  }

  /** The emulator gives what was promoted another ARN. */
  private Request byName(Request request) {
    JsonNode asked = Json.parse(request.text());
    String secret = asked.path("SecretId").asText();
    return promoted.entrySet().stream()
        .filter(each -> each.getValue().equals(secret) && isIn(request, each.getKey()))
        .findFirst()
        .map(each ->
            request.with(Json.print(((ObjectNode) asked).put("SecretId", each.getKey().id()))))
        .orElse(request);
  }

  private static boolean isIn(Request request, Thing secret) {
    return secret.equals(Thing.of(request, "secret", secret.id()));
  }

  private Reply answered(Request request, Cloud next) {
    Reply reply = next.answer(request);
    if (!reply.succeeded() || reply.text().isEmpty()) {
      return reply;
    }
    JsonNode answer = Json.parse(reply.text());
    String arn = promoted.get(thing(request, answer.path("Name").asText()));
    return arn != null && answer instanceof ObjectNode named && named.has("ARN")
        ? reply.with(Json.print(named.put("ARN", arn)))
        : reply;
  }

  /** A replica that is there stays as it is; one that failed is tried anew. */
  private Reply replicated(Request request, Cloud next) {
    Client there = Client.as(request, next);
    Optional<JsonNode> secret = describe(there, secret(request));
    String name = name(request, next);
    Set<String> wanted = regions(Json.parse(request.text()).path("AddReplicaRegions"), "");
    Set<String> failed = secret.map(it -> statuses(it, FAILED)).orElseGet(Set::of);
    boolean present =
        !wanted.isEmpty()
            && secret.map(it -> statuses(it, "")).orElseGet(Set::of).containsAll(wanted)
            && wanted.stream().noneMatch(failed::contains);
    if (present) {
      ObjectNode answer = ((ObjectNode) secret.orElseThrow()).retain("ARN", "ReplicationStatus");
      return withStatus(request, Reply.json(Json.print(answer)), name);
    }
    if (!failed.isEmpty()) {
      Map<String, ?> removed = Map.of("SecretId", name, "RemoveReplicaRegions", failed);
      there.json(SERVICE, SERVICE, "RemoveRegionsFromReplication", removed);
    }
    Reply reply = next.answer(request);
    if (!reply.succeeded()) {
      return reply;
    }
    Set<String> still = statuses(Json.parse(reply.text()), FAILED);
    wanted.stream()
        .filter(region -> !still.contains(region))
        .map(region -> thing(request, name).in(region))
        .forEach(replica -> {
          promoted.remove(replica);
          underway.put(replica, new Underway(end(), Optional.empty()));
        });
    return withStatus(request, reply, name);
  }

  private static Set<String> statuses(JsonNode secret, String status) {
    return regions(secret.path("ReplicationStatus"), status);
  }

  /**
   * @param status empty for any
   */
  private static Set<String> regions(JsonNode all, String status) {
    return all.valueStream()
        .filter(each -> status.isEmpty() || each.path("Status").asText().equals(status))
        .map(each -> each.path("Region").asText())
        .collect(Collectors.toSet());
  }

  private Instant end() {
    return tempo.end("ReplicateSecretToRegions", Secrets.Replicate.class, "replicate");
  }

  /** What is read of a replica stays for a while as it was before. */
  private Reply changed(Request request, Cloud next) {
    Map<Thing, Underway> stale = new HashMap<>();
    describe(Client.as(request, next), secret(request))
        .ifPresent(secret -> {
          String name = secret.path("Name").asText();
          for (JsonNode status : secret.path("ReplicationStatus")) {
            Client there = Client.as(request, next).in(status.path("Region").asText());
            Reply value =
                there.jsonReply(SERVICE, SERVICE, "GetSecretValue", Map.of("SecretId", name));
            stale.put(
                thing(request, name).in(there.region()), new Underway(end(), Optional.of(value)));
          }
        });
    Reply reply = answered(request, next);
    if (!reply.succeeded()) {
      return reply;
    }
    stale.forEach((replica, was) -> underway.merge(replica, was, this::older));
    return reply.with(
        Json.print(((ObjectNode) Json.parse(reply.text())).without("ReplicationStatus")));
  }

  private Underway older(Underway was, Underway is) {
    return tempo.now().isBefore(was.until()) ? new Underway(is.until(), was.value()) : is;
  }

  private Optional<Underway> underway(Thing replica) {
    return Optional.ofNullable(underway.get(replica))
        .filter(each -> tempo.now().isBefore(each.until()));
  }

  private Reply value(Request request, Cloud next) {
    Optional<Underway> late = underway(thing(request, name(request, next)));
    if (late.isEmpty()) {
      return answered(request, next);
    }
    return late.get().value().orElseGet(() -> notFound(request));
  }

  private Reply described(Request request, Cloud next) {
    Reply reply = answered(request, next);
    if (!reply.succeeded()) {
      return reply;
    }
    String name = Json.parse(reply.text()).path("Name").asText();
    boolean notThere =
        underway(thing(request, name)).filter(each -> each.value().isEmpty()).isPresent();
    return notThere ? notFound(request) : withStatus(request, reply, name);
  }

  private Reply withStatus(Request request, Reply reply, String name) {
    ObjectNode answer = (ObjectNode) Json.parse(reply.text());
    if (answer.has("PrimaryRegion")) {
      return reply;
    }
    for (JsonNode status : answer.path("ReplicationStatus")) {
      Thing replica = thing(request, name).in(status.path("Region").asText());
      boolean failed = status.path("Status").asText().equals(FAILED);
      if (!failed && underway(replica).isPresent()) {
        ((ObjectNode) status).put("Status", "InProgress").put("StatusMessage", "");
      }
    }
    if (request.is(SERVICE, "DescribeSecret") && answer.has("ReplicationStatus")) {
      answer.put("PrimaryRegion", request.region());
    }
    return reply.with(Json.print(answer));
  }

  private Reply stopped(Request request, Cloud next) {
    Client here = Client.as(request, next);
    Optional<JsonNode> replica = describe(here, secret(request));
    if (replica.isEmpty()) {
      return notFound(request);
    }
    JsonNode secret = replica.get();
    String primary = secret.path("PrimaryRegion").asText();
    if (primary.isEmpty()) {
      return new Refusal(
              400, "InvalidRequestException", "The secret is not a replica of another secret.")
          .to(request);
    }
    promote(request, here, secret, primary);
    return Reply.json(Json.print(Map.of("ARN", secret.path("ARN").asText())));
  }

  /** With the value that it has, which is not yet what the primary has, perhaps. */
  private void promote(Request request, Client here, JsonNode secret, String primary) {
    String name = secret.path("Name").asText();
    Thing replica = thing(request, name);
    JsonNode value =
        underway(replica)
            .flatMap(Underway::value)
            .map(late -> Json.parse(late.text()))
            .orElseGet(
                () -> here.json(SERVICE, SERVICE, "GetSecretValue", Map.of("SecretId", name)));
    here.in(primary)
        .json(
            SERVICE,
            SERVICE,
            "RemoveRegionsFromReplication",
            Map.of("SecretId", name, "RemoveReplicaRegions", List.of(here.region())));
    here.json(
        SERVICE,
        SERVICE,
        "CreateSecret",
        Map.of(
            "Name",
            name,
            "SecretString",
            value.path("SecretString").asText(),
            "ClientRequestToken",
            value.path("VersionId").asText()));
    underway.remove(replica);
    promoted.put(replica, secret.path("ARN").asText());
  }

  private static Reply notFound(Request request) {
    return new Refusal(
            400, "ResourceNotFoundException", "Secrets Manager can't find the specified secret.")
        .to(request);
  }

  private static String secret(Request request) {
    return Json.parse(request.text()).path("SecretId").asText();
  }

  private static String name(Request request, Cloud next) {
    return describe(Client.as(request, next), secret(request))
        .map(secret -> secret.path("Name").asText())
        .orElseGet(() -> secret(request));
  }

  private static Optional<JsonNode> describe(Client client, String secret) {
    Reply reply = client.jsonReply(SERVICE, SERVICE, "DescribeSecret", Map.of("SecretId", secret));
    return reply.succeeded() ? Optional.of(Json.parse(reply.text())) : Optional.empty();
  }

  private static Thing thing(Request request, String name) {
    return Thing.of(request, "secret", name);
  }

  @Override
  public void forget() {
    underway.clear();
    promoted.clear();
  }
}
