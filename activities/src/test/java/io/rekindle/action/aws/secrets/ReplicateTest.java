package io.rekindle.action.aws.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.data.Secrets;
import io.rekindle.plan.step.data.Secrets.Replicate.Change;
import io.rekindle.plan.value.Arn;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ReplicationStatusType;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

class ReplicateTest extends ActionContract<Secrets.Replicate> {
  private final SecretsManagerClient here = in(HERE, SecretsManagerClient::builder);
  private final SecretsManagerClient there = in(THERE, SecretsManagerClient::builder);
  private String arn = "arn:aws:secretsmanager:us-east-2:123456789012:secret:orders/db-AbCdEf";

  @Override
  protected ActionHandler<Secrets.Replicate> handler() {
    return new Replicate();
  }

  @Override
  protected String with() {
    return "{ source: '%s' }".formatted(arn);
  }

  private String overwriting() {
    return "{ source: '%s', overwrite: true }".formatted(arn);
  }

  @Override
  protected void world() {
    arn = there.createSecret(it -> it.name("orders/db").secretString("of the primary")).arn();
  }

  /** Only the primary's Region makes replicas. */
  @Override
  protected String asked() {
    return THERE;
  }

  private String text() {
    return here.getSecretValue(it -> it.secretId("orders/db")).secretString();
  }

  @Test
  void theReplicaHasTheSameNameAndValueAndAnArnOfThisRegion() {
    given();
    Settled settled = step().settled();
    assertThat(text()).isEqualTo("of the primary");
    assertThat(settled)
        .isEqualTo(
            Settled.of(
                new Secrets.Replicate.Outputs(
                    new Secrets.Stored("orders/db", new Arn(arn.replace(THERE, HERE))))));
  }

  @Test
  void isDoneOnlyWhenItIsInSync() {
    given();
    lasts("ReplicateSecretToRegions", Duration.ofHours(1));
    StepDriver step = step();
    step.apply(step.due());
    assertThat(catchThrowableOfType(ApplicationFailure.class, step::observe).getOriginalMessage())
        .isEqualTo("the secret orders/db in us-west-2 is InProgress");
    pass(Duration.ofHours(1));
    assertThat(step.observe()).isInstanceOf(Settled.class);
  }

  @Test
  void aSecretOfThatNameBlocksTheStepUnlessItMayBeOverwritten() {
    given();
    here.createSecret(it -> it.name("orders/db").secretString("older"));
    Broken blocked =
        new Broken(
            "the secret orders/db in us-west-2 exists already: remove it, or let its value go"
                + " (retry --set overwrite=true)");
    assertThat(step().observe()).isEqualTo(blocked);
    assertThat(step().check().ready()).isFalse();
    assertThat(text()).isEqualTo("older");
    step(overwriting()).settled();
    assertThat(text()).isEqualTo("of the primary");
  }

  /** Somebody may make it in between. */
  @Test
  void aSecretThatAppearsBeforeTheChangeIsNotOverwritten() {
    given();
    StepDriver step = step();
    Due due = step.due();
    here.createSecret(it -> it.name("orders/db").secretString("in between"));
    step.apply(due);
    assertThat(changes()).isEmpty();
    assertThat(text()).isEqualTo("in between");
  }

  /** AWS takes the call and says in the status that it came to nothing. */
  @Test
  void whatAwsCouldNotReplicateIsSaid() {
    given();
    here.createSecret(it -> it.name("orders/db").secretString("older"));
    there.replicateSecretToRegions(
        it -> it.secretId(arn).addReplicaRegions(region -> region.region(HERE)));
    assertThat(step().observe()).isInstanceOf(Broken.class);
    StepDriver overwriting = step(overwriting());
    Due due = overwriting.due();
    refuseOnce("ReplicateSecretToRegions", "InvalidRequestException");
    assertThatThrownBy(() -> overwriting.apply(due)).isInstanceOf(ApplicationFailure.class);
    assertThat(overwriting.look())
        .isInstanceOfSatisfying(
            Broken.class,
            broken ->
                assertThat(broken.why())
                    .startsWith("the secret orders/db in us-west-2 could not be made: "));
  }

  @Test
  void aReplicaOfAReplicaCannotBeMade() {
    given();
    instantly(() ->
        in("eu-west-1", SecretsManagerClient::builder)
            .createSecret(it ->
                it.name("shop/db")
                    .secretString("far")
                    .addReplicaRegions(region -> region.region(THERE))));
    String replica = there.describeSecret(it -> it.secretId("shop/db")).arn();
    assertThat(step("{ source: '%s' }".formatted(replica)).observe())
        .isEqualTo(
            new Broken(
                "the secret "
                    + replica
                    + " is itself a replica of eu-west-1: name that one, or promote it first"));
  }

  @Test
  void whatDoesNotExistIsSaid() {
    assertThat(step().observe()).isEqualTo(new Broken("the secret " + arn + " does not exist"));
    assertThat(step().check().ready()).isFalse();
  }

  @Test
  void oneThatIsReplicatedAlreadyIsLeftAsItIs() {
    given();
    step().settled();
    int before = changes().size();
    assertThat(step().run("0dd0dd").observe()).isInstanceOf(Settled.class);
    step().run("0dd0dd").undo();
    assertThat(changes()).hasSize(before);
    assertThat(text()).isEqualTo("of the primary");
  }

  @Test
  void undoTakesTheReplicaAway() {
    given();
    StepDriver step = step();
    step.settled();
    step.undo();
    assertThatThrownBy(this::text).isInstanceOf(ResourceNotFoundException.class);
    assertThat(there.getSecretValue(it -> it.secretId("orders/db")).secretString())
        .isEqualTo("of the primary");
  }

  /** It is nobody's replica any more, and the only secret of its Region. */
  @Test
  void undoLeavesAPromotedReplica() {
    given();
    StepDriver step = step();
    step.settled();
    instantly(() -> here.stopReplicationToReplica(it -> it.secretId("orders/db")));
    step.undo();
    assertThat(text()).isEqualTo("of the primary");
  }

  @Test
  void aWrongRetryMakesOneReplica() {
    given();
    StepDriver step = step();
    Due due = step.due();
    assertThat(due).isEqualTo(Due.of(Change.REPLICATE));
    loseAnswers(due);
    assertThatThrownBy(() -> step.apply(due)).isInstanceOf(ApplicationFailure.class);
    mend();
    step.applyAgain(due);
    step.settled();
    assertThat(there.describeSecret(it -> it.secretId(arn)).replicationStatus())
        .extracting(ReplicationStatusType::region)
        .containsExactly(HERE);
  }
}
