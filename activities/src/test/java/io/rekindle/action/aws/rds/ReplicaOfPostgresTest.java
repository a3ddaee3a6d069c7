package io.rekindle.action.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionDispatcher;
import io.rekindle.action.aws.AwsClients;
import io.rekindle.action.aws.Pace;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.data.RdsReplicas;
import io.rekindle.simulator.Settings;
import io.rekindle.simulator.Simulator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.Endpoint;

/** Going home by a replica, with real rows: what the source wrote arrives, and nothing is lost. */
class ReplicaOfPostgresTest {
  private static final Simulator AWS = Simulator.start(Settings.FAST.withPace(0).withDatabases());
  private static final Region HOME = Region.US_WEST_2;
  private static final String PASSWORD = "first-password";

  @BeforeAll
  static void point() {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    System.setProperty("aws.endpointUrl", AWS.endpoint().toString());
  }

  @AfterAll
  static void close() {
    AWS.close();
  }

  private static RdsClient rds(Region region) {
    return RdsClient.builder().region(region).endpointOverride(AWS.endpoint()).build();
  }

  private static String url(Region region, String id) {
    Endpoint endpoint = new RdsWorld(rds(region)).look(id).endpoint();
    return "jdbc:postgresql://%s:%d/postgres?user=orders&password=%s"
        .formatted(endpoint.address(), endpoint.port(), PASSWORD);
  }

  private static void change(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long ask(String url, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void await(String url, String query, long atLeast) throws Exception {
    Instant until = Instant.now().plusSeconds(20);
    while (ask(url, query) < atLeast) {
      assertThat(Instant.now()).as(query).isBefore(until);
      Thread.sleep(50);
    }
  }

  private static StepDriver step(
      ActionDispatcher actions, Class<? extends Action> kind, String with) {
    return new StepDriver(actions, kind, with, HOME.id());
  }

  @Test
  void whatTheSourceHasWrittenIsThereAfterThePromotion() throws Exception {
    new RdsWorld(rds(Region.US_EAST_2)).postgres("orders", false);
    String subnet =
        Ec2Client.builder()
            .region(HOME)
            .endpointOverride(AWS.endpoint())
            .build()
            .describeSubnets()
            .subnets()
            .getFirst()
            .subnetId();
    new RdsWorld(rds(HOME)).groups(subnet, "home", "orders-postgres16");
    String source = url(Region.US_EAST_2, "orders");
    change(source, "create table orders (id int primary key)");
    change(source, "insert into orders values (1), (2)");
    try (AwsClients clients = new AwsClients();
        ActionDispatcher actions =
            new ActionDispatcher(
                List.of(new CreateReplica(), new PromoteReplica()), clients, new Pace(0))) {
      step(
              actions,
              RdsReplicas.CreateReplica.class,
              "{ source: 'arn:aws:rds:us-east-2:123456789012:db:orders', target: 'orders',"
                  + " class: 'db.t3.small', subnetGroup: 'home', securityGroups: 'sg-0dr',"
                  + " parameterGroup: 'orders-postgres16' }")
          .settled();
      String replica = url(HOME, "orders-a1b2c3");
      change(source, "insert into orders values (3)");
      long written = ask(source, "select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint");
      await(replica, "select pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint", written);
      assertThatThrownBy(() -> change(replica, "insert into orders values (4)"))
          .hasMessageContaining("read-only");
      Settled promoted =
          step(
                  actions,
                  RdsReplicas.PromoteReplica.class,
                  "{ replica: 'orders-a1b2c3', maxLag: '10m' }")
              .planned()
              .settled();
      assertThat(
              Duration.between(
                  Instant.parse(String.valueOf(promoted.outputs().get("recoveryPoint"))),
                  Instant.now()))
          .isBetween(Duration.ZERO, Duration.ofMinutes(3));
      assertThat(url(HOME, "orders-a1b2c3")).isEqualTo(replica);
      change(replica, "insert into orders values (4)");
      assertThat(ask(replica, "select count(*) from orders")).isEqualTo(4);
      assertThat(ask(source, "select count(*) from orders")).isEqualTo(3);
    }
  }
}
