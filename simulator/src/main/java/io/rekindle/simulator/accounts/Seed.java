package io.rekindle.simulator.accounts;

import io.rekindle.simulator.seed.Balancer;
import io.rekindle.simulator.seed.Database;
import io.rekindle.simulator.seed.Engine;
import io.rekindle.simulator.seed.Estate;
import io.rekindle.simulator.seed.Ground;
import io.rekindle.simulator.seed.HostedZone;
import io.rekindle.simulator.seed.Land;
import io.rekindle.simulator.seed.Service;
import io.rekindle.simulator.seed.World;
import io.rekindle.simulator.wire.Client;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * Makes the world of the accounts: they are served in eu-west-1; eu-central-1 is a pilot light with
 * a vault, and a door that turns everybody away.
 */
final class Seed {
  private static final int ACCOUNTS = 17;
  private static final int COPIES = 3;
  private static final int MOST_COPIES = 12;
  private static final int POSTGRES = 5432;
  private static final String LIVE = "accounts-db";
  private static final Database.Sort DATABASE =
      new Database.Sort(
          Engine.POSTGRES, "16.6", "db.m6g.large", "accounts-postgres16", "accounts", "accounts");

  private final Land land;
  private final Client primary;
  private final Client recovery;

  Seed(Land land) {
    this.land = land;
    primary = land.client().in(Names.PRIMARY);
    recovery = land.client().in(Names.RECOVERY);
  }

  World plant() {
    Estate west = home();
    Estate central = pilotLight();
    Database live = database(primary, LIVE, "accounts", west);
    fill(live, ACCOUNTS);
    fill(database(recovery, "accounts-pilot", "accounts-dr", central), 0);
    live.backUpTo(land.vaults().vault(Names.RECOVERY, Names.VAULT), LIVE + "-daily");
    HostedZone zone = HostedZone.create(primary, Names.DOMAIN);
    zone.lead(Names.SITE, west.balancer());
    return new World(
        primary.caller().account(),
        west,
        central,
        zone,
        HostedZone.healthCheck(primary, Names.SITE));
  }

  private Estate home() {
    Ground ground = Ground.of(primary);
    ground.subnetGroup("accounts");
    ground.alarm("accounts-5xx");
    Balancer balancer = Balancer.create(ground, "accounts");
    String targets = Balancer.targetGroup(ground, "accounts");
    String certificate = ground.certificate(Names.SITE);
    String door = balancer.forward(primary, targets, certificate);
    serve(Names.TASKS, ground, COPIES, targets);
    return estate(ground, balancer, door, targets, certificate);
  }

  private Estate pilotLight() {
    Ground ground = Ground.of(recovery);
    ground.subnetGroup("accounts-dr");
    ground.subnetGroup("accounts-drill");
    ground.topic("accounts-incidents");
    Balancer balancer = Balancer.create(ground, "accounts");
    String targets = Balancer.targetGroup(ground, "accounts");
    String certificate = ground.certificate(Names.SITE);
    String door = balancer.turnAway(recovery, certificate);
    serve(Names.PILOT_TASKS, ground, 0, targets);
    return estate(ground, balancer, door, targets, certificate);
  }

  private static void serve(Service tasks, Ground ground, int copies, String targets) {
    tasks.create(ground, "accounts:1", copies, targets);
    tasks.limit(ground.client(), copies, MOST_COPIES);
  }

  private static Estate estate(
      Ground ground, Balancer balancer, String door, String targets, String certificate) {
    ground.parameterGroup(DATABASE.parameterGroup(), "postgres16");
    return new Estate(
        ground.client().region(),
        ground.key(),
        ground.openGroup("database", POSTGRES),
        ground.securityGroup("verifier"),
        balancer,
        Map.of(Names.LISTENER, door, "targetGroup", targets, "certificate", certificate));
  }

  private static Database database(Client client, String id, String subnetGroup, Estate estate) {
    Database database =
        Database.create(
            client,
            DATABASE,
            id,
            new Database.Site(subnetGroup, estate.databaseGroup(), estate.key()));
    database.keepIn(Names.SECRET);
    return database;
  }

  private static void fill(Database database, int accounts) {
    try (Connection connection =
            DriverManager.getConnection(
                database.url(), database.sort().user(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table accounts (id serial primary key, opened timestamp default now())");
      for (int i = 0; i < accounts; i++) {
        statement.execute("insert into accounts default values");
      }
    } catch (SQLException failed) {
      throw new IllegalStateException(
          "No accounts could be seeded: " + failed.getMessage(), failed);
    }
  }
}
