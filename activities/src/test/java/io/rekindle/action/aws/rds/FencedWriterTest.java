package io.rekindle.action.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.ActionDispatcher;
import io.rekindle.action.aws.AwsClients;
import io.rekindle.action.aws.Pace;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.data.Rds;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.Endpoint;

/** A fence holds against who writes all the time and keeps the connection, as pools do. */
class FencedWriterTest {
  private static final Simulator AWS = Simulator.start(Settings.FAST.withPace(0).withDatabases());
  private static final Region HERE = Region.US_WEST_2;
  private static final String PASSWORD = "Passw0rd123";
  private static final String VERIFIER = "&connectionAttributes=program_name:rekindle";

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

  /** Writes on one connection as long as that lives, then on another. */
  private static final class Writer implements AutoCloseable {
    private final AtomicInteger written = new AtomicInteger();
    private final String url;
    private final Thread thread;
    private volatile boolean ending;

    Writer(String url) {
      this.url = url;
      thread = Thread.ofPlatform().daemon().start(this::write);
    }

    private void write() {
      while (!ending) {
        try (Connection pooled = DriverManager.getConnection(url);
            Statement statement = pooled.createStatement()) {
          while (!ending) {
            statement.execute("insert into visits () values ()");
            written.incrementAndGet();
            pause();
          }
        } catch (SQLException cutOff) {
          pause();
        }
      }
    }

    boolean writes() {
      int before = written.get();
      Instant until = Instant.now().plusSeconds(1);
      while (written.get() <= before + 1 && Instant.now().isBefore(until)) {
        pause();
      }
      return written.get() > before + 1;
    }

    @Override
    public void close() throws InterruptedException {
      ending = true;
      thread.join(Duration.ofSeconds(5));
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static String database() throws SQLException {
    RdsClient rds = RdsClient.builder().region(HERE).endpointOverride(AWS.endpoint()).build();
    rds.createDBInstance(request ->
        request
            .dbInstanceIdentifier("orders")
            .engine("mysql")
            .dbInstanceClass("db.t3.micro")
            .allocatedStorage(20)
            .dbName("visitors")
            .masterUsername("admin")
            .masterUserPassword(PASSWORD)
            .vpcSecurityGroupIds("sg-0old"));
    Endpoint endpoint = rds.describeDBInstances().dbInstances().getFirst().endpoint();
    String url =
        "jdbc:mariadb://%s:%d/visitors?user=admin&password=%s&connectTimeout=2000"
            .formatted(endpoint.address(), endpoint.port(), PASSWORD);
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("create table visits (id int auto_increment primary key)");
    }
    return url;
  }

  private static int count(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from visits")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static String groupThatAdmitsNobody() {
    return Ec2Client.builder()
        .region(HERE)
        .endpointOverride(AWS.endpoint())
        .build()
        .createSecurityGroup(request -> request.groupName("verifier").description("verifier"))
        .groupId();
  }

  @Test
  void writesNothingMoreOnceTheFenceHolds() throws SQLException, InterruptedException {
    String url = database();
    String with = "{instance: 'orders', securityGroups: ['%s']}".formatted(groupThatAdmitsNobody());
    try (AwsClients clients = new AwsClients();
        ActionDispatcher actions =
            new ActionDispatcher(List.of(new Isolate()), clients, new Pace(0));
        Writer writer = new Writer(url)) {
      assertThat(writer.writes()).isTrue();
      StepDriver step = new StepDriver(actions, Rds.Isolate.class, with, HERE.id());
      step.apply(step.due());
      Due restart = (Due) step.look();
      assertThat(writer.writes()).as("a pooled connection outlives its security groups").isTrue();
      step.apply(restart);
      step.settled();
      int fenced = count(url + VERIFIER);
      assertThat(writer.writes()).as("writes behind the fence").isFalse();
      assertThat(count(url + VERIFIER)).isEqualTo(fenced);
    }
  }
}
