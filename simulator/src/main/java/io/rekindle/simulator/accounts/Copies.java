package io.rekindle.simulator.accounts;

import io.rekindle.simulator.seed.Balancer;
import io.rekindle.simulator.seed.Estate;
import io.rekindle.simulator.seed.Secret;
import io.rekindle.simulator.site.Application.Answer;
import io.rekindle.simulator.wire.Client;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.IntSupplier;

/**
 * What one Region answers: something only where its door is open, and its copies run and find their
 * database.
 */
record Copies(Client client, Estate estate, IntSupplier running) {
  /** Opens an account, if that is asked for, and tells Region and number. */
  Answer answer(boolean opening) {
    if (Balancer.turnsAway(client, estate.values().getOrDefault(Names.LISTENER, ""))) {
      return new Answer(Answer.NO_TARGET, "the door of " + client.region() + " is shut");
    }
    if (running.getAsInt() == 0) {
      return new Answer(Answer.NO_TARGET, "nothing runs in " + client.region());
    }
    try (Connection connection = Secret.now(client, Names.SECRET).connect();
        Statement statement = connection.createStatement()) {
      if (opening) {
        statement.execute("insert into accounts default values");
      }
      return new Answer(200, "%s keeps %d accounts".formatted(client.region(), count(statement)));
    } catch (SQLException failed) {
      return new Answer(500, "what runs in %s cannot use its database".formatted(client.region()));
    }
  }

  private static int count(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("select count(*) from accounts")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
