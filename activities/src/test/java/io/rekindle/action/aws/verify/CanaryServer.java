package io.rekindle.action.aws.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A server of some engine with a table for canaries, as its owner sees it. */
record CanaryServer(String url, String user, String password) {
  static final String PASSWORD = "Passw0rd-123";
  static final String CREATE =
      "create table rekindle_canary (token varchar(190) primary key, written timestamp not null)";

  static CanaryServer of(String url) {
    return new CanaryServer(url, "admin", PASSWORD);
  }

  CanaryServer empty() {
    return on("drop table if exists rekindle_canary", CREATE);
  }

  Connection open() throws SQLException {
    return DriverManager.getConnection(url.replace("jdbc:mysql", "jdbc:mariadb"), user, password);
  }

  CanaryServer on(String... statements) {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      for (String words : statements) {
        statement.execute(words);
      }
      return this;
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
  }

  /** Each with the time at which it was written. */
  List<String> rows() {
    List<String> rows = new ArrayList<>();
    try (Connection connection = open();
        Statement statement = connection.createStatement();
        ResultSet all =
            statement.executeQuery("select token, written from rekindle_canary order by token")) {
      while (all.next()) {
        rows.add(all.getString(1) + " at " + all.getString(2));
      }
      return rows;
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
  }

  int port() {
    return Integer.parseInt(url.replaceFirst(".*:(\\d+)/.*", "$1"));
  }

  /** The same through another port. */
  CanaryServer through(int port) {
    assertThat(url).contains(":" + port());
    return new CanaryServer(url.replaceFirst(":\\d+/", ":" + port + "/"), user, password);
  }
}
