package io.rekindle.action.aws.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Observation.Settled;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On two databases that show times, numbers and bytes differently. */
class TablesOnPostgresTest extends TablesContract {
  private PostgresServer server;

  @BeforeAll
  void start() throws IOException, SQLException {
    server = PostgresServer.start();
    String url = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(server.port());
    try (Connection connection = DriverManager.getConnection(url, "admin", PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute("create database original");
      statement.execute("create database copy");
      statement.execute("alter database copy set timezone = 'Asia/Kathmandu'");
      statement.execute("alter database copy set datestyle = 'SQL, DMY'");
      statement.execute("alter database copy set extra_float_digits = -3");
      statement.execute("alter database copy set bytea_output = 'escape'");
      statement.execute("alter database copy set intervalstyle = 'iso_8601'");
    }
  }

  @AfterAll
  void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @Override
  String url(Side side) {
    return "jdbc:postgresql://127.0.0.1:%d/%s"
        .formatted(server.port(), side.name().toLowerCase(Locale.ROOT));
  }

  @Override
  Connection open(Side side) throws SQLException {
    return DriverManager.getConnection(url(side), "admin", PASSWORD);
  }

  @Override
  void empty(Side side) throws SQLException {
    on(
        side,
        "drop schema public cascade",
        "create schema public",
        "drop schema if exists billing cascade");
  }

  @Override
  String layout() {
    return " with (fillfactor = 40)";
  }

  @Override
  String withoutIndex() {
    return "drop index by_page";
  }

  @Override
  String manyRows() {
    return "insert into numbers select n, '/page/' || md5(n::text), now(), n / 7.0 from"
        + " generate_series(1, 100000) as n";
  }

  @Test
  void aDumpHoldsTheSame() throws IOException, SQLException {
    on(
        Side.ORIGINAL,
        "create schema billing",
        "create table billing.\"In voice=1\" (b bytea, t timestamptz, i interval, a int[], j"
            + " jsonb)",
        "insert into billing.\"In voice=1\" values ('\\x00ff', now(), '1 day 2h', '{1,null}',"
            + " '{\"b\": 1, \"a\": null}')",
        "alter table visits drop column note",
        "alter table visits add column extra text default 'x'");
    empty(Side.COPY);
    server.copy("original", "copy");
    assertThat(compared().observe())
        .isInstanceOfSatisfying(
            Settled.class,
            settled ->
                assertThat(settled.outputs())
                    .containsEntry("counts", "billing.In voice=1=1, sessions=2, visits=3"));
  }
}
