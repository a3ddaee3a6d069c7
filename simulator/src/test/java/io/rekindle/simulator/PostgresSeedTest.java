package io.rekindle.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.simulator.seed.Database;
import io.rekindle.simulator.seed.Engine;
import io.rekindle.simulator.seed.Ground;
import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Json;
import io.rekindle.simulator.wire.Xml;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class PostgresSeedTest {
  private static final Database.Sort SORT =
      new Database.Sort(
          Engine.POSTGRES, "16.9", "db.t3.micro", "accounts-postgres16", "accounts", "accounts");
  private final Client ireland = Simulators.withDatabases().owner().in("eu-west-1");
  private final Client frankfurt = ireland.in("eu-central-1");

  private static Database.Site site(Client client) {
    Ground ground = Ground.of(client);
    ground.subnetGroup("accounts");
    ground.parameterGroup(SORT.parameterGroup(), "postgres16");
    return new Database.Site("accounts", "sg-1", ground.key());
  }

  @AfterEach
  void reset() {
    Simulators.withDatabases().reset();
  }

  @Test
  void anInstanceItsSecretAndItsSnapshotInAnotherRegionAreReal() throws SQLException {
    Database database = Database.create(ireland, SORT, "accounts-db", site(ireland));
    assertThat(database.url()).startsWith("jdbc:postgresql://127.0.0.1:").endsWith("/accounts");
    run(database.url(), database.password(), "create table accounts (id int primary key)");
    run(database.url(), database.password(), "insert into accounts values (1), (2)");
    database.keepIn("accounts/db");
    database.copyTo(frankfurt, "nightly", site(frankfurt).key());
    assertThat(secret()).contains(database.password(), Integer.toString(database.port()));
    assertThat(count(restored(database), database.password())).isEqualTo(2);
  }

  private String secret() {
    return Json.print(
        ireland.json(
            "secretsmanager",
            "secretsmanager",
            "GetSecretValue",
            Map.of("SecretId", "accounts/db")));
  }

  private String restored(Database database) {
    frankfurt.query(
        "rds",
        "2014-10-31",
        "RestoreDBInstanceFromDBSnapshot",
        Map.of("DBInstanceIdentifier", "accounts-run", "DBSnapshotIdentifier", "nightly"));
    Element endpoint =
        Xml.all(frankfurt.query("rds", "2014-10-31", "DescribeDBInstances", Map.of()), "Endpoint")
            .getFirst();
    String port = Integer.toString(database.port());
    return database.url().replace(":" + port + "/", ":" + Xml.text(endpoint, "Port") + "/");
  }

  private static void run(String url, String password, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, SORT.user(), password);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int count(String url, String password) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, SORT.user(), password);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from accounts")) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
