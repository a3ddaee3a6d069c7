package io.rekindle.simulator.seed;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Json;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** What tasks know of their database: what its secret says at the moment. */
public record Secret(JsonNode content) {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  public static Secret now(Client client, String name) {
    return new Secret(
        Json.parse(
            client
                .json(
                    "secretsmanager", "secretsmanager", "GetSecretValue", Map.of("SecretId", name))
                .path("SecretString")
                .asText()));
  }

  public static void keep(Client client, String name, String text) {
    client.json(
        "secretsmanager",
        "secretsmanager",
        "CreateSecret",
        Map.of(
            "Name",
            name,
            "SecretString",
            text,
            "ClientRequestToken",
            UUID.randomUUID().toString()));
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), word("username"), word("password"));
  }

  private String url() {
    String where = "%s:%s/%s".formatted(word("host"), word("port"), word("dbname"));
    return switch (Engine.called(word("engine"))) {
      case MYSQL -> Engine.MYSQL.url(where) + patience(PATIENCE.toMillis());
      case POSTGRES -> Engine.POSTGRES.url(where) + patience(PATIENCE.toSeconds());
    };
  }

  /** In the unit of the driver. */
  private static String patience(long units) {
    return "?connectTimeout=%d&socketTimeout=%d".formatted(units, units);
  }

  private String word(String field) {
    return content.path(field).asText();
  }
}
