package io.rekindle.action.aws.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionDispatcher;
import io.rekindle.action.aws.AwsClients;
import io.rekindle.action.aws.Pace;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.proof.Verify;
import io.rekindle.plan.step.proof.VerifyData;
import io.rekindle.simulator.Settings;
import io.rekindle.simulator.Simulator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.Endpoint;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Steps that look into a simulated instance of PostgreSQL, which is a real server. */
class SimulatedPostgresTest {
  private static final Simulator AWS = Simulator.start(Settings.FAST.withPace(0).withDatabases());
  private static final Region HERE = Region.US_WEST_2;
  private static final String PASSWORD = "Passw0rd123";

  @BeforeAll
  static void anInstanceAndItsSecret() throws SQLException {
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    System.setProperty("aws.endpointUrl", AWS.endpoint().toString());
    rds()
        .createDBInstance(request ->
            request
                .dbInstanceIdentifier("accounts-db")
                .engine("postgres")
                .dbInstanceClass("db.t3.micro")
                .allocatedStorage(20)
                .dbName("accounts")
                .masterUsername("accounts")
                .masterUserPassword(PASSWORD)
                .vpcSecurityGroupIds("sg-0old"));
    try (Connection connection = DriverManager.getConnection(url(), "accounts", PASSWORD);
        Statement statement = connection.createStatement()) {
      statement.execute("create table accounts (id int primary key)");
      statement.execute("insert into accounts values (1), (2)");
    }
    SecretsManagerClient.builder()
        .region(HERE)
        .endpointOverride(AWS.endpoint())
        .build()
        .createSecret(request ->
            request
                .name("accounts/db")
                .secretString(
                    "{\"username\":\"accounts\",\"password\":\"%s\"}".formatted(PASSWORD)));
  }

  @AfterAll
  static void close() {
    AWS.close();
  }

  private static RdsClient rds() {
    return RdsClient.builder().region(HERE).endpointOverride(AWS.endpoint()).build();
  }

  private static String url() {
    Endpoint endpoint = rds().describeDBInstances().dbInstances().getFirst().endpoint();
    return "jdbc:postgresql://%s:%d/accounts".formatted(endpoint.address(), endpoint.port());
  }

  private static StepDriver step(
      ActionDispatcher actions, Class<? extends Action> kind, String more) {
    String with = "{url: '%s', secret: 'accounts/db', %s}".formatted(url(), more);
    return new StepDriver(actions, kind, with, HERE.id());
  }

  @Test
  void aQueryIsAnsweredAlsoWhileNobodyButRekindleIsLetIn() {
    String nobody =
        Ec2Client.builder()
            .region(HERE)
            .endpointOverride(AWS.endpoint())
            .build()
            .createSecurityGroup(it -> it.groupName("verifier").description("verifier"))
            .groupId();
    rds()
        .modifyDBInstance(it -> it.dbInstanceIdentifier("accounts-db").vpcSecurityGroupIds(nobody));
    try (AwsClients clients = new AwsClients();
        ActionDispatcher actions =
            new ActionDispatcher(
                List.of(new Sql(new Sightings()), new Tables(new Sightings())),
                clients,
                new Pace(0))) {
      assertThat(
              step(actions, Verify.Sql.class, "query: 'select count(*) from accounts', equals: 2")
                  .observe())
          .isEqualTo(Settled.of(new Verify.Sql.Outputs(2)));
      assertThat(step(actions, VerifyData.Tables.class, "tables: ['accounts']").observe())
          .isInstanceOf(Settled.class);
    }
  }
}
