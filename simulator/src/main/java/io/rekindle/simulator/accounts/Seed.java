package io.rekindle.simulator.accounts;

import io.rekindle.simulator.seed.Balancer;
import io.rekindle.simulator.seed.Database;
import io.rekindle.simulator.seed.Engine;
import io.rekindle.simulator.seed.Estate;
import io.rekindle.simulator.seed.Ground;
import io.rekindle.simulator.seed.HostedZone;
import io.rekindle.simulator.seed.Land;
import io.rekindle.simulator.seed.World;
import io.rekindle.simulator.wire.Client;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * Makes the world of the accounts: they are served in eu-west-1; eu-central-1 is a pilot light with
 * a vault, and a door that turns everybody away.
 */
final class Seed {
  private static final int ACCOUNTS = 17;
  private static final int COPIES = 3;
  private static final int POSTGRES = 5432;
  private static final String LIVE = "accounts-db";
  private static final Database.Sort DATABASE =
      new Database.Sort(
          Engine.POSTGRES, "16.9", "db.m6g.large", "accounts-postgres16", "accounts", "accounts");

  private final Land land;
  private final Platform platform;
  private final Ground west;
  private final Ground central;

  Seed(Land land, Platform platform) {
    this.land = land;
    this.platform = platform;
    west = Ground.of(land.client().in(Names.PRIMARY));
    central = Ground.of(land.client().in(Names.RECOVERY));
  }

  Accounts plant() {
    Estate home = home();
    Estate pilot = pilotLight();
    fill(home, pilot);
    Client client = west.client();
    HostedZone zone = HostedZone.create(client, Names.DOMAIN);
    zone.lead(Names.SITE, home.balancer());
    World world =
        new World(
            client.caller().account(),
            home,
            pilot,
            zone,
            HostedZone.healthCheck(client, Names.SITE));
    return new Accounts(
        world,
        platform,
        run(west, Names.CLUSTER, COPIES, home),
        run(central, Names.PILOT_CLUSTER, 0, pilot));
  }

  private IntSupplier run(Ground ground, String cluster, int copies, Estate estate) {
    return platform.plant(
        land, ground, cluster, copies, estate.values().getOrDefault(Names.TARGETS, ""));
  }

  private Estate home() {
    west.subnetGroup("accounts");
    Balancer balancer = Balancer.create(west, "accounts");
    String targets = Balancer.targetGroup(west, "accounts");
    String certificate = west.certificate(Names.SITE);
    String door = balancer.forward(west.client(), targets, certificate);
    return estate(west, balancer, door, targets, certificate);
  }

  private Estate pilotLight() {
    central.subnetGroup("accounts-dr");
    central.subnetGroup("accounts-drill");
    central.topic("accounts-incidents");
    Balancer balancer = Balancer.create(central, "accounts");
    String targets = Balancer.targetGroup(central, "accounts");
    String certificate = central.certificate(Names.SITE);
    String door = balancer.turnAway(central.client(), certificate);
    return estate(central, balancer, door, targets, certificate);
  }

  private static Estate estate(
      Ground ground, Balancer balancer, String door, String targets, String certificate) {
    ground.parameterGroup(DATABASE.parameterGroup(), "postgres16");
    ground.alarm("accounts-5xx");
    return new Estate(
        ground.client().region(),
        ground.key(),
        ground.openGroup("database", POSTGRES),
        ground.securityGroup("verifier"),
        balancer,
        Map.of(Names.LISTENER, door, Names.TARGETS, targets, "certificate", certificate));
  }

  /** With the rows of today at home, and a copy of them in the vault. */
  private void fill(Estate home, Estate pilot) {
    Database live = database(west.client(), LIVE, "accounts", home);
    fill(live, ACCOUNTS);
    fill(database(central.client(), "accounts-pilot", "accounts-dr", pilot), 0);
    live.backUpTo(land.vaults().vault(Names.RECOVERY, Names.VAULT), LIVE + "-daily");
  }

  private static Database database(Client client, String id, String subnetGroup, Estate estate) {
    return Database.create(client, DATABASE, id, subnetGroup, estate, Names.SECRET);
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
