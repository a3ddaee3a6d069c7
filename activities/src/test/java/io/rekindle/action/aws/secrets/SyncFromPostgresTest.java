package io.rekindle.action.aws.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rekindle.action.aws.ActionDispatcher;
import io.rekindle.action.aws.AwsClients;
import io.rekindle.action.aws.Pace;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.data.Secrets;
import io.rekindle.simulator.Settings;
import io.rekindle.simulator.Simulator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** The secret opens what it names, which is a real server of PostgreSQL. */
class SyncFromPostgresTest {
  private static final Region HERE = Region.US_WEST_2;

  @Test
  void theSecretOpensTheDatabase() throws Exception {
    try (Simulator aws = Simulator.start(Settings.FAST.withPace(0).withDatabases());
        AwsClients clients = new AwsClients();
        ActionDispatcher actions =
            new ActionDispatcher(List.of(new SyncFromRds()), clients, new Pace(0))) {
      System.setProperty("aws.accessKeyId", "test");
      System.setProperty("aws.secretAccessKey", "test");
      System.setProperty("aws.endpointUrl", aws.endpoint().toString());
      RdsClient.builder()
          .region(HERE)
          .endpointOverride(aws.endpoint())
          .build()
          .createDBInstance(request ->
              request
                  .dbInstanceIdentifier("accounts-db")
                  .engine("postgres")
                  .dbInstanceClass("db.t3.micro")
                  .allocatedStorage(20)
                  .dbName("accounts")
                  .masterUsername("accounts")
                  .masterUserPassword("first-password"));
      SecretsManagerClient secrets =
          SecretsManagerClient.builder().region(HERE).endpointOverride(aws.endpoint()).build();
      secrets.createSecret(request -> request.name("accounts/db").secretString("{}"));
      new StepDriver(
              actions,
              Secrets.SyncFromRds.class,
              "{ secret: 'accounts/db', instance: 'accounts-db', dbname: 'accounts' }",
              HERE.id())
          .settled();
      JsonNode secret =
          new JsonMapper()
              .readTree(secrets.getSecretValue(it -> it.secretId("accounts/db")).secretString());
      assertThat(secret.get("engine").asText()).isEqualTo("postgres");
      try (Connection connection =
          DriverManager.getConnection(
              "jdbc:postgresql://%s:%d/%s"
                  .formatted(
                      secret.get("host").asText(),
                      secret.get("port").asInt(),
                      secret.get("dbname").asText()),
              secret.get("username").asText(),
              secret.get("password").asText())) {
        assertThat(connection.isValid(1)).isTrue();
      }
    }
  }
}
