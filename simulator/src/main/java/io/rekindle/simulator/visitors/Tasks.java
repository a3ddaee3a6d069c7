package io.rekindle.simulator.visitors;

import io.rekindle.simulator.seed.Secret;
import io.rekindle.simulator.site.Application.Answer;
import io.rekindle.simulator.wire.Client;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What the tasks of one Region answer: something only when tasks run and find their database. */
record Tasks(Client client) {
  /** Counts a visit, if there is one, and tells Region and number. */
  Answer answer(boolean visit) {
    if (Names.TASKS.running(client) == 0) {
      return new Answer(Answer.NO_TARGET, "no task runs in " + client.region());
    }
    try (Connection connection = Secret.now(client, Names.SECRET).connect();
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

  private static int count(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("select count(*) from visits")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
