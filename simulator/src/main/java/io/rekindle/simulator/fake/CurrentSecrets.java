package io.rekindle.simulator.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Json;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;

/** Who names no version of a secret gets the current one, also after the stage has moved. */
final class CurrentSecrets implements Fake {
  @Override
  public Reply answer(Request request, Cloud next) {
    if (request.is("secretsmanager", "GetSecretValue")) {
      JsonNode asked = Json.parse(request.text());
      if (asked instanceof ObjectNode named
          && !named.has("VersionId")
          && !named.has("VersionStage")) {
        named.put("VersionStage", "AWSCURRENT");
        return next.answer(request.with(Json.print(named)));
      }
    }
    return next.answer(request);
  }
}
