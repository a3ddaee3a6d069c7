package io.rekindle.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class SecretsTest {
  private static final Simulator SIMULATOR = Simulators.plain();

  @Test
  void whoNamesNoVersionGetsTheOneThatIsCurrentNow() {
    try (SecretsManagerClient secrets =
        Aws.of(SIMULATOR, "111111111111").client(SecretsManagerClient.builder())) {
      String old = secrets.createSecret(it -> it.name("db").secretString("old")).versionId();
      String next =
          secrets
              .putSecretValue(
                  it -> it.secretId("db").secretString("new").versionStages("AWSPENDING"))
              .versionId();
      assertThat(secrets.getSecretValue(it -> it.secretId("db")).secretString()).isEqualTo("old");
      secrets.updateSecretVersionStage(it ->
          it.secretId("db")
              .versionStage("AWSCURRENT")
              .removeFromVersionId(old)
              .moveToVersionId(next));
      assertThat(secrets.getSecretValue(it -> it.secretId("db")).secretString()).isEqualTo("new");
    }
  }

  @Test
  void aRotationTakesTheLabelsAndWaitsForAnotherThatIsPending() {
    try (SecretsManagerClient secrets =
        Aws.of(SIMULATOR, "111111111112").client(SecretsManagerClient.builder())) {
      String old = secrets.createSecret(it -> it.name("db").secretString("old")).versionId();
      String rotated = secrets.rotateSecret(it -> it.secretId("db")).versionId();
      assertThat(secrets.describeSecret(it -> it.secretId("db")).versionIdsToStages())
          .containsEntry(old, List.of("AWSPREVIOUS"))
          .containsEntry(rotated, List.of("AWSPENDING", "AWSCURRENT"));
      secrets.putSecretValue(
          it -> it.secretId("db").secretString("mine").versionStages("AWSPENDING"));
      RdsAccount.assertRefused(
          "InvalidRequestException", 400, () -> secrets.rotateSecret(it -> it.secretId("db")));
    }
  }

  @Test
  void whatIsWrittenComesToAReplicaAfterAWhileAndNobodyElseWritesThere() {
    SIMULATOR.tempo().lasts("ReplicateSecretToRegions", Duration.ofMinutes(1));
    Aws account = Aws.of(SIMULATOR, "111111111113");
    try (SecretsManagerClient east = account.client(SecretsManagerClient.builder());
        SecretsManagerClient west = account.in(Aws.WEST).client(SecretsManagerClient.builder())) {
      String arn = east.createSecret(it -> it.name("db").secretString("old")).arn();
      east.replicateSecretToRegions(
          it -> it.secretId(arn).addReplicaRegions(region -> region.region("us-west-2")));
      assertThat(status(east)).isEqualTo("InProgress");
      RdsAccount.assertRefused("ResourceNotFoundException", 400, () -> value(west));
      RdsAccount.later();
      assertThat(status(east)).isEqualTo("InSync");
      assertThat(value(west)).isEqualTo("old");
      assertThat(west.describeSecret(it -> it.secretId("db")).primaryRegion())
          .isEqualTo("us-east-2");
      east.putSecretValue(it -> it.secretId("db").secretString("new"));
      assertThat(value(west)).isEqualTo("old");
      RdsAccount.later();
      assertThat(value(west)).isEqualTo("new");
      RdsAccount.assertRefused(
          "InvalidParameterException",
          400,
          () -> west.putSecretValue(it -> it.secretId("db").secretString("mine")));
    }
  }

  @Test
  void aPromotedReplicaKeepsItsArnAndItsValueAndGoesItsOwnWay() {
    SIMULATOR.tempo().lasts("ReplicateSecretToRegions", Duration.ZERO);
    Aws account = Aws.of(SIMULATOR, "111111111114");
    try (SecretsManagerClient east = account.client(SecretsManagerClient.builder());
        SecretsManagerClient west = account.in(Aws.WEST).client(SecretsManagerClient.builder())) {
      east.createSecret(it -> it.name("db").secretString("old"));
      east.replicateSecretToRegions(
          it -> it.secretId("db").addReplicaRegions(region -> region.region("us-west-2")));
      String arn = west.describeSecret(it -> it.secretId("db")).arn();
      assertThat(west.stopReplicationToReplica(it -> it.secretId("db")).arn()).isEqualTo(arn);
      west.putSecretValue(it -> it.secretId(arn).secretString("mine"));
      assertThat(value(west)).isEqualTo("mine");
      assertThat(value(east)).isEqualTo("old");
      assertThat(west.describeSecret(it -> it.secretId("db")).arn()).isEqualTo(arn);
      assertThat(west.describeSecret(it -> it.secretId("db")).primaryRegion()).isNull();
      assertThat(east.describeSecret(it -> it.secretId("db")).replicationStatus()).isEmpty();
      RdsAccount.assertRefused(
          "InvalidRequestException",
          400,
          () -> west.stopReplicationToReplica(it -> it.secretId("db")));
    }
  }

  private static String status(SecretsManagerClient primary) {
    return primary
        .describeSecret(it -> it.secretId("db"))
        .replicationStatus()
        .getFirst()
        .statusAsString();
  }

  private static String value(SecretsManagerClient in) {
    return in.getSecretValue(it -> it.secretId("db")).secretString();
  }
}
