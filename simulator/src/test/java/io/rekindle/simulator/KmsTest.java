package io.rekindle.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.KeyState;

class KmsTest {
  private static final Simulator SIMULATOR = Simulators.plain();
  private final KmsClient kms = Aws.of(SIMULATOR, "520000000010").client(KmsClient.builder());
  private final String key = kms.createKey().keyMetadata().keyId();

  @AfterEach
  void forget() {
    SIMULATOR.tempo().forget();
  }

  private void generate(boolean dryRun) {
    kms.generateDataKeyWithoutPlaintext(
        it -> it.keyId(key).keySpec(DataKeySpec.AES_256).dryRun(dryRun));
  }

  private KeyState state() {
    return kms.describeKey(it -> it.keyId(key)).keyMetadata().keyState();
  }

  @Test
  void aDryRunThatWouldSucceedIsRefusedForThat() {
    RdsAccount.assertRefused("DryRunOperationException", 400, () -> generate(true));
    assertThatNoException().isThrownBy(() -> generate(false));
  }

  @Test
  void aDisabledKeyEncryptsNothing() {
    kms.disableKey(it -> it.keyId(key));
    assertThat(state()).isEqualTo(KeyState.DISABLED);
    RdsAccount.assertRefused("DisabledException", 400, () -> generate(true));
  }

  @Test
  void aKeyThatIsToBeDeletedEncryptsNothing() {
    kms.scheduleKeyDeletion(it -> it.keyId(key).pendingWindowInDays(7));
    assertThat(state()).isEqualTo(KeyState.PENDING_DELETION);
    RdsAccount.assertRefused("KMSInvalidStateException", 400, () -> generate(true));
  }

  @Test
  void statesThatOnlyAwsBringsAboutCanBeTold() {
    SIMULATOR.tempo().endsAs("CreateKey", "Unavailable");
    assertThat(state()).isEqualTo(KeyState.UNAVAILABLE);
    RdsAccount.assertRefused("KMSInvalidStateException", 400, () -> generate(false));
  }
}
