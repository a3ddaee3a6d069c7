package io.rekindle.simulator.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Json;
import io.rekindle.simulator.wire.Refusal;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keys work only in certain states, and a dry run that would succeed is refused with a code of its
 * own. States that only AWS brings about can be told.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html">Key states of
 *     AWS KMS keys</a>
 */
record KmsKeys(Tempo tempo) implements Fake {
  private static final String TARGET = "TrentService";
  private static final Set<String> USABLE = Set.of("Enabled", "Updating");
  private static final int BAD_REQUEST = 400;

  @Override
  public Reply answer(Request request, Cloud next) {
    if (request.is("kms", "DescribeKey")) {
      return shown(next.answer(request));
    }
    if (!request.is("kms", "GenerateDataKeyWithoutPlaintext", "GenerateDataKey")) {
      return next.answer(request);
    }
    return refusal(request, next)
        .map(refusal -> refusal.to(request))
        .orElseGet(() -> next.answer(request));
  }

  private Reply shown(Reply reply) {
    String told = tempo.end("CreateKey");
    if (!reply.succeeded() || told.isEmpty()) {
      return reply;
    }
    JsonNode answer = Json.parse(reply.text());
    ((ObjectNode) answer.path("KeyMetadata"))
        .put("KeyState", told)
        .put("Enabled", told.equals("Enabled"));
    return reply.with(Json.print(answer));
  }

  private Optional<Refusal> refusal(Request request, Cloud next) {
    JsonNode asked = Json.parse(request.text());
    String id = asked.path("KeyId").asText();
    JsonNode key =
        Client.as(request, next)
            .json("kms", TARGET, "DescribeKey", Map.of("KeyId", id))
            .path("KeyMetadata");
    String told = tempo.end("CreateKey");
    String state = told.isEmpty() ? key.path("KeyState").asText() : told;
    if (!USABLE.contains(state)) {
      String code = state.equals("Disabled") ? "DisabledException" : "KMSInvalidStateException";
      String message = key.path("Arn").asText() + " is " + state + ".";
      return Optional.of(new Refusal(BAD_REQUEST, code, message));
    }
    if (!key.path("KeySpec").asText().equals("SYMMETRIC_DEFAULT")) {
      String message = key.path("Arn").asText() + " key usage is not valid for this operation.";
      return Optional.of(new Refusal(BAD_REQUEST, "InvalidKeyUsageException", message));
    }
    return asked.path("DryRun").asBoolean()
        ? Optional.of(
            new Refusal(
                BAD_REQUEST,
                "DryRunOperationException",
                "The request would have succeeded, but the DryRun option is set."))
        : Optional.empty();
  }
}
