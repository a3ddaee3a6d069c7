package io.rekindle.simulator.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Schemas of the shared server, each with the one user that may use it. */
record MariaDbSchemas(MariaDbServer server) {

  void create(String schema) throws SQLException {
    run("create database " + schema);
  }

  void drop(String schema) throws SQLException {
    run("drop database if exists " + schema, "drop user if exists " + user(schema));
  }

  /** Lets the user of a schema in with this password only. */
  void admit(String schema, String password) throws SQLException {
    String quoted = "'" + password.replace("\\", "\\\\").replace("'", "\\'") + "'";
    run(
        "create or replace user " + user(schema) + " identified by " + quoted,
        "grant all on " + schema + ".* to " + user(schema));
  }

  /** Copies all rows as they are at one moment. */
  void copy(String from, String to) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      List<String> tables = tables(statement, from);
      for (String table : tables) {
        statement.execute("create table " + to + "." + table + " like " + from + "." + table);
      }
      statement.execute("start transaction with consistent snapshot");
      for (String table : tables) {
        statement.execute(
            "insert into " + to + "." + table + " select * from " + from + "." + table);
      }
      statement.execute("commit");
    }
  }

  private static List<String> tables(Statement statement, String schema) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "select table_name from information_schema.tables where table_type = 'BASE TABLE' and"
                + " table_schema = '"
                + schema
                + "'")) {
      while (rows.next()) {
        tables.add("`" + rows.getString(1) + "`");
      }
    }
    return tables;
  }

  private void run(String... statements) throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String user(String schema) {
    return schema + "@'%'";
  }
}
