package io.rekindle.action.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceStatusTest {
  @ParameterizedTest
  @ValueSource(strings = {"available", "storage-optimization", "storage-initialization"})
  void isGoodWhileItTakesConnections(String word) {
    assertThat(new InstanceStatus(word).isUsable()).isTrue();
    assertThat(new InstanceStatus(word).isBad()).isFalse();
    assertThat(new InstanceStatus(word).says()).isEqualTo("is '" + word + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "backing-up",
        "configuring-enhanced-monitoring",
        "configuring-iam-database-auth",
        "configuring-log-exports",
        "converting-to-vpc",
        "creating",
        "delete-precheck",
        "maintenance",
        "modifying",
        "moving-to-vpc",
        "rebooting",
        "renaming",
        "resetting-master-credentials",
        "starting",
        "stopping",
        "storage-config-upgrade",
        "upgrading"
      })
  void isWaitedForWhileRdsWorksOnIt(String word) {
    assertThat(new InstanceStatus(word).isUsable()).isFalse();
    assertThat(new InstanceStatus(word).isBad()).isFalse();
    assertThat(new InstanceStatus(word).says()).isEqualTo("is '" + word + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deleting",
        "failed",
        "inaccessible-encryption-credentials",
        "inaccessible-encryption-credentials-recoverable",
        "incompatible-create",
        "incompatible-network",
        "incompatible-option-group",
        "incompatible-parameters",
        "incompatible-restore",
        "insufficient-capacity",
        "restore-error",
        "stopped",
        "storage-full"
      })
  void isBadAndSaysWhyWhenWaitingDoesNotHelp(String word) {
    assertThat(new InstanceStatus(word).isUsable()).isFalse();
    assertThat(new InstanceStatus(word).isBad()).isTrue();
    assertThat(new InstanceStatus(word).says()).startsWith("is '" + word + "': ");
  }

  @Test
  void isWaitedForAndSaidWhenItIsNew() {
    InstanceStatus novel = new InstanceStatus("storage-blessing");
    assertThat(novel.isUsable() || novel.isBad()).isFalse();
    assertThat(novel.says())
        .isEqualTo("is 'storage-blessing', which Rekindle does not know, and waits for");
  }
}
