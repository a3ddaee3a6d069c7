package io.rekindle.action.aws.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.SimulatedAws;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.data.Secrets;
import io.rekindle.plan.value.Arn;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;

class PromoteReplicaTest extends ActionContract<Secrets.PromoteReplica> {
  private final SecretsManagerClient here = in(HERE, SecretsManagerClient::builder);
  private final SecretsManagerClient there = in(THERE, SecretsManagerClient::builder);

  @Override
  protected ActionHandler<Secrets.PromoteReplica> handler() {
    return new PromoteReplica();
  }

  @Override
  protected String with() {
    return "{ secret: 'orders/db' }";
  }

  @Override
  protected void world() {
    String arn = there.createSecret(it -> it.name("orders/db").secretString("first")).arn();
    there.replicateSecretToRegions(
        it -> it.secretId(arn).addReplicaRegions(region -> region.region(HERE)));
  }

  private void write(SecretsManagerClient in, String text) {
    in.putSecretValue(it -> it.secretId("orders/db").secretString(text));
  }

  private String text() {
    return here.getSecretValue(it -> it.secretId("orders/db")).secretString();
  }

  @Test
  void canBeWrittenThenAndKeepsItsNameItsValueAndItsArn() {
    given();
    String arn = here.describeSecret(it -> it.secretId("orders/db")).arn();
    assertThatThrownBy(() -> write(here, "too early"))
        .isInstanceOf(InvalidParameterException.class);
    assertThat(step().settled())
        .isEqualTo(
            Settled.of(
                new Secrets.PromoteReplica.Outputs(new Secrets.Stored("orders/db", new Arn(arn)))));
    assertThat(text()).isEqualTo("first");
    write(here, "its own");
    assertThat(text()).isEqualTo("its own");
    assertThat(there.describeSecret(it -> it.secretId("orders/db")).replicationStatus()).isEmpty();
  }

  @Test
  void worksWhileThePrimaryRegionIsDark() {
    given();
    SimulatedAws.aws().faults().dark(THERE);
    assertThat(step().settled().outputs()).containsEntry("secret", "orders/db");
  }

  @Test
  void whatIsNoReplicaIsLeftAsItIs() {
    given();
    step().settled();
    int before = changes().size();
    assertThat(step().observe()).isInstanceOf(Settled.class);
    assertThat(step().check().ready()).isFalse();
    assertThat(step().check().evidence())
        .isEqualTo("the secret orders/db in us-west-2 is no replica");
    assertThat(changes()).hasSize(before);
  }

  @Test
  void whatDoesNotExistIsSaid() {
    assertThat(step().observe())
        .isEqualTo(new Broken("the secret orders/db in us-west-2 does not exist"));
    assertThat(step().check().ready()).isFalse();
  }

  @Test
  void saysBeforehandWhomItFollows() {
    given();
    assertThat(step().check().evidence())
        .isEqualTo("the secret orders/db in us-west-2 is a replica of us-east-2");
  }

  @Test
  void aWrongRetryPromotesNothingTwice() {
    given();
    StepDriver step = step();
    Due due = step.due();
    loseAnswers(due);
    assertThatThrownBy(() -> step.apply(due)).isInstanceOf(ApplicationFailure.class);
    mend();
    step.applyAgain(due);
    step.settled();
    assertThat(changes()).containsOnlyOnce("StopReplicationToReplica");
  }

  @Test
  void cannotBeUndone() {
    given();
    StepDriver step = step();
    step.settled();
    ApplicationFailure refused =
        catchThrowableOfType(ApplicationFailure.class, () -> step.undoOnce());
    assertThat(refused.isNonRetryable()).isTrue();
    assertThat(refused.getOriginalMessage()).contains("replicate it anew");
  }
}
