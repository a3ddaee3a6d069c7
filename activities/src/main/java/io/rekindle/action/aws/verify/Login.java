package io.rekindle.action.aws.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;

/** A user and a password. Neither is ever said. */
record Login(String user, String password) {
  private static final JsonMapper JSON = new JsonMapper();

  /** As a database secret holds it; empty when it does not. */
  static Optional<Login> in(String secret) {
    try {
      JsonNode json = JSON.readTree(secret);
      return json.path("username").isTextual() && json.path("password").isTextual()
          ? Optional.of(new Login(json.get("username").asText(), json.get("password").asText()))
          : Optional.empty();
    } catch (JsonProcessingException whoseMessageMayHoldTheSecret) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "a login";
  }
}
