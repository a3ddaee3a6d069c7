package io.rekindle.simulator.visitors;

import io.rekindle.plan.step.proof.VerifyCanary.CanaryTable;
import io.rekindle.simulator.seed.Balancer;
import io.rekindle.simulator.seed.Database;
import io.rekindle.simulator.seed.Engine;
import io.rekindle.simulator.seed.Estate;
import io.rekindle.simulator.seed.Ground;
import io.rekindle.simulator.seed.HostedZone;
import io.rekindle.simulator.seed.World;
import io.rekindle.simulator.wire.Client;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * Makes the world of the visitor counter: it serves in us-east-2 and is a pilot light in us-west-2.
 */
final class Seed {
  private static final int VISITS = 42;
  private static final int MYSQL = 3306;
  private static final String LIVE = "lampstack-db";
  private static final Database.Sort DATABASE =
      new Database.Sort(
          Engine.MYSQL, "8.0.40", "db.t3.micro", "lampstack-mysql80", "visitors", "admin");
  private final Client primary;
  private final Client recovery;

  Seed(Client client) {
    primary = client.in(Names.PRIMARY);
    recovery = client.in(Names.RECOVERY);
  }

  World plant() {
    Estate east = estate(primary, "lampstack", "lampstack-private", 2);
    Estate west = estate(recovery, "lampstack-dr", "lampstack-dr", 0);
    Database live = database(primary, LIVE, "lampstack-private", east);
    fill(live, VISITS);
    fill(database(recovery, "lampstack-pilot", "lampstack-dr", west), 0);
    live.copyTo(recovery, LIVE + "-hourly", west.key());
    HostedZone zone = HostedZone.create(primary, Names.DOMAIN);
    zone.lead(Names.SITE, east.balancer());
    return new World(
        primary.caller().account(), east, west, zone, HostedZone.healthCheck(primary, Names.SITE));
  }

  private static Estate estate(Client client, String balancerName, String subnetGroup, int tasks) {
    Ground ground = Ground.of(client);
    ground.subnetGroup(subnetGroup);
    ground.subnetGroup("lampstack-drill");
    ground.parameterGroup(DATABASE.parameterGroup(), "mysql8.0");
    ground.topic("incidents");
    ground.alarm("visitor-counter-5xx");
    Balancer balancer = Balancer.create(ground, balancerName);
    String targets = Balancer.targetGroup(ground, balancerName);
    balancer.forward(client, targets);
    Names.TASKS.create(ground, "visitor-counter:1", tasks, targets);
    return new Estate(
        client.region(),
        ground.key(),
        ground.openGroup("database", MYSQL),
        ground.securityGroup("verifier"),
        balancer,
        Map.of());
  }

  private static Database database(Client client, String id, String subnetGroup, Estate estate) {
    return Database.create(client, DATABASE, id, subnetGroup, estate, Names.SECRET);
  }

  private static void fill(Database database, int visits) {
    try (Connection connection =
            DriverManager.getConnection(
                database.url(), database.sort().user(), database.password());
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table visits (id int auto_increment primary key, at timestamp default now())");
      statement.execute("create table rekindle_canary " + CanaryTable.COLUMNS);
      for (int i = 0; i < visits; i++) {
        statement.execute("insert into visits () values ()");
      }
    } catch (SQLException failed) {
      throw new IllegalStateException("No visits could be seeded: " + failed.getMessage(), failed);
    }
  }
}
