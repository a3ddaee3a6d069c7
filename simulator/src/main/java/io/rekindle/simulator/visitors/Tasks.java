package io.rekindle.simulator.visitors;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.simulator.site.Application.Answer;
import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Json;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** What the tasks of one Region answer: something only when tasks run and find their database. */
record Tasks(Client client) {
  private static final int WAIT = 2000;

  /** Counts a visit, if there is one, and tells Region and number. */
  Answer answer(boolean visit) {
    if (Names.TASKS.running(client) == 0) {
      return new Answer(Answer.NO_TARGET, "no task runs in " + client.region());
    }
    JsonNode secret =
        Json.parse(
            client
                .json(
                    "secretsmanager",
                    "secretsmanager",
                    "GetSecretValue",
                    Map.of("SecretId", Names.SECRET))
                .path("SecretString")
                .asText());
    try (Connection connection = connect(secret);
        Statement statement = connection.createStatement()) {
      if (visit) {
        statement.execute("insert into visits () values ()");
      }
      return new Answer(
          200, "%s has counted %d visits".formatted(client.region(), count(statement)));
    } catch (SQLException failed) {
      return new Answer(500, "tasks in %s cannot use their database".formatted(client.region()));
    }
  }

  private static Connection connect(JsonNode secret) throws SQLException {
    String url =
        "jdbc:mariadb://%s:%s/%s?connectTimeout=%d&socketTimeout=%d"
            .formatted(
                secret.path("host").asText(),
                secret.path("port").asText(),
                secret.path("dbname").asText(),
                WAIT,
                WAIT);
    return DriverManager.getConnection(
        url, secret.path("username").asText(), secret.path("password").asText());
  }

  private static int count(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("select count(*) from visits")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
