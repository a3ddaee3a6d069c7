package io.rekindle.simulator;

import static org.assertj.core.api.Assertions.assertThat;

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
}
