package io.rekindle.simulator.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Json;
import io.rekindle.simulator.wire.Refusal;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rotates a secret as its rotation function would, at once: a new version takes the labels
 * AWSPENDING and AWSCURRENT. Versions without a label are not shown.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html">
 *     RotateSecret</a>
 */
final class SecretRotations implements Fake {
  private static final String SERVICE = "secretsmanager";
  private static final String CURRENT = "AWSCURRENT";
  private static final String PENDING = "AWSPENDING";

  @Override
  public Reply answer(Request request, Cloud next) {
    if (request.is(SERVICE, "DescribeSecret")) {
      return described(next.answer(request));
    }
    return request.is(SERVICE, "RotateSecret") ? rotated(request, next) : next.answer(request);
  }

  private static Reply described(Reply reply) {
    if (!reply.succeeded()) {
      return reply;
    }
    JsonNode answer = Json.parse(reply.text());
    if (answer.path("VersionIdsToStages") instanceof ObjectNode versions) {
      versions.properties().removeIf(version -> version.getValue().isEmpty());
    }
    return reply.with(Json.print(answer));
  }

  private static Reply rotated(Request request, Cloud next) {
    String secret = Json.parse(request.text()).path("SecretId").asText();
    Client client = Client.as(request, next);
    JsonNode versions =
        client
            .json(SERVICE, SERVICE, "DescribeSecret", Map.of("SecretId", secret))
            .path("VersionIdsToStages");
    String current = labelled(versions, CURRENT).orElseThrow();
    if (labelled(versions, PENDING).filter(version -> !version.equals(current)).isPresent()) {
      return new Refusal(400, "InvalidRequestException", "A previous rotation isn't complete.")
          .to(request);
    }
    JsonNode put = put(client, secret);
    String version = put.path("VersionId").asText();
    moveCurrent(client, secret, current, version);
    return Reply.json(
        Json.print(
            Map.of(
                "ARN", put.path("ARN").asText(),
                "Name", put.path("Name").asText(),
                "VersionId", version)));
  }

  private static JsonNode put(Client client, String secret) {
    return client.json(
        SERVICE,
        SERVICE,
        "PutSecretValue",
        Map.of(
            "SecretId",
            secret,
            "SecretString",
            "{\"username\":\"admin\",\"password\":\"rotated\"}",
            "VersionStages",
            List.of(PENDING)));
  }

  private static void moveCurrent(Client client, String secret, String from, String to) {
    client.json(
        SERVICE,
        SERVICE,
        "UpdateSecretVersionStage",
        Map.of(
            "SecretId",
            secret,
            "VersionStage",
            CURRENT,
            "RemoveFromVersionId",
            from,
            "MoveToVersionId",
            to));
  }

  private static Optional<String> labelled(JsonNode versions, String label) {
    return versions.properties().stream()
        .filter(version ->
            version.getValue().valueStream().anyMatch(stage -> stage.asText().equals(label)))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
