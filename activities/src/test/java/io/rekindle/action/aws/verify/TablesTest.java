package io.rekindle.action.aws.verify;

import io.rekindle.simulator.Settings;
import io.rekindle.simulator.Simulator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;

/** On two servers of MariaDB. */
class TablesTest extends TablesContract {
  private static final Simulator SERVER =
      Simulator.start(Settings.FAST.withPace(0).withDatabases());
  private static final Simulator OTHER = Simulator.start(Settings.FAST.withPace(0).withDatabases());
  private static final Map<Side, String> URLS =
      Map.of(
          Side.ORIGINAL,
          SimulatedMySql.url(SERVER, PASSWORD),
          Side.COPY,
          SimulatedMySql.url(OTHER, PASSWORD));

  @AfterAll
  static void stop() {
    SERVER.close();
    OTHER.close();
  }

  @Override
  String url(Side side) {
    return Objects.requireNonNull(URLS.get(side));
  }

  @Override
  Connection open(Side side) throws SQLException {
    return DriverManager.getConnection(url(side).replace("mysql", "mariadb"), "admin", PASSWORD);
  }

  @Override
  void empty(Side side) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (Connection connection = open(side);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("show tables")) {
      while (rows.next()) {
        tables.add("drop table " + rows.getString(1));
      }
    }
    on(side, tables.toArray(String[]::new));
  }

  @Override
  String layout() {
    return " row_format = compact stats_persistent = 0";
  }

  @Override
  String withoutIndex() {
    return "drop index by_page on visits";
  }

  @Override
  String manyRows() {
    return "insert into numbers select seq, concat('/page/', md5(seq)), now(), seq / 7 from"
        + " (select 1 + a.n + 10 * b.n + 100 * c.n + 1000 * d.n + 10000 * e.n as seq from"
        + " DIGITS a, DIGITS b, DIGITS c, DIGITS d, DIGITS e) as s"
            .replace(
                "DIGITS",
                "(select 0 n union all select 1 union all select 2 union all select 3 union all"
                    + " select 4 union all select 5 union all select 6 union all select 7 union all"
                    + " select 8 union all select 9)");
  }
}
