package io.rekindle.action.aws.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Failures;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.LookContract;
import io.rekindle.action.aws.SimulatedAws;
import io.rekindle.plan.step.data.Kms;
import io.rekindle.simulator.fault.Aim;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;

class AssertUsableTest extends LookContract<Kms.AssertUsable> {
  private final KmsClient here = in(HERE, KmsClient::builder);
  private String key = "arn:aws:kms:us-west-2:123456789012:key/none";

  @Override
  protected ActionHandler<Kms.AssertUsable> handler() {
    return new AssertUsable();
  }

  @Override
  protected String with() {
    return "{ key: '" + key + "' }";
  }

  @Override
  protected void given() {
    key = here.createKey().keyMetadata().arn();
  }

  private static void becomes(String state) {
    SimulatedAws.aws().tempo().endsAs("CreateKey", state);
  }

  private String why() {
    assertThat(step().observe()).isInstanceOf(Broken.class);
    assertThat(step().check().ready()).isFalse();
    return ((Broken) step().observe()).why();
  }

  private void isUsable() {
    assertThat(step().observe()).isInstanceOf(Settled.class);
    assertThat(step().check().ready()).isTrue();
  }

  @Test
  void aDryRunMakesNoKey() {
    given();
    isUsable();
    assertThat(
            SimulatedAws.aws().calls().stream()
                .filter(call -> call.operation().equals("GenerateDataKeyWithoutPlaintext")))
        .isNotEmpty()
        .noneMatch(call -> call.isDone());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Enabled", "Updating"})
  void twoStatesAreUsable(String state) {
    given();
    becomes(state);
    isUsable();
    assertThat(((Settled) step().observe()).outputs()).containsEntry("state", state);
  }

  @ParameterizedTest
  @CsvSource({
    "Disabled, enable it",
    "PendingDeletion, cancel its deletion",
    "PendingReplicaDeletion, cancel its deletion",
    "PendingImport, import its key material",
    "Unavailable, connect its custom key store"
  })
  void inTheOthersAPersonIsAsked(String state, String remedy) {
    given();
    becomes(state);
    assertThat(why()).contains(key, "is '" + state + "'", remedy, "then retry");
  }

  @Test
  void aReplicaThatIsBeingMadeIsWaitedFor() {
    given();
    becomes("Creating");
    ApplicationFailure waiting = failure(step());
    assertThat(waiting.getType()).isEqualTo(Failures.IN_PROGRESS);
    assertThat(waiting.getOriginalMessage()).contains("is 'Creating'");
    assertThat(step().check().ready()).isFalse();
  }

  @Test
  void aReplicaOfAKeyOfSeveralRegionsIsAKey() {
    String id =
        in("us-east-2", KmsClient::builder)
            .createKey(it -> it.multiRegion(true))
            .keyMetadata()
            .keyId();
    key =
        in("us-east-2", KmsClient::builder)
            .replicateKey(it -> it.keyId(id).replicaRegion(HERE))
            .replicaKeyMetadata()
            .arn();
    assertThat(key).contains(HERE);
    isUsable();
  }

  @Test
  void aKeyOfAnotherRegionIsOfNoUseHere() {
    key = in("us-east-2", KmsClient::builder).createKey().keyMetadata().arn();
    assertThat(why()).contains(key, "belongs to another Region");
  }

  @Test
  void asksForAKeyThatExists() {
    key = "arn:aws:kms:us-west-2:123456789012:key/11111111-2222-3333-4444-555555555555";
    assertThat(why()).isEqualTo("the key " + key + " in us-west-2 does not exist");
  }

  @Test
  void aKeyThatOnlySignsEncryptsNoData() {
    key =
        here.createKey(it -> it.keySpec(KeySpec.RSA_2048).keyUsage(KeyUsageType.SIGN_VERIFY))
            .keyMetadata()
            .arn();
    assertThat(why()).contains("is of the sort RSA_2048");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DescribeKey", "GenerateDataKeyWithoutPlaintext"})
  void whoMayNotUseItIsTold(String operation) {
    given();
    SimulatedAws.aws()
        .faults()
        .refuse(Aim.at("kms", operation).times(9), 400, "AccessDeniedException", "not authorized");
    ApplicationFailure refused =
        catchThrowableOfType(ApplicationFailure.class, () -> step().observe());
    assertThat(refused.isNonRetryable()).isTrue();
    assertThat(refused.getOriginalMessage())
        .contains(operation, "AccessDeniedException", HERE, "correct the credentials or the key");
    SimulatedAws.aws().faults().clear();
  }
}
