package io.rekindle.action.aws.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.ActionWorld;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.data.Secrets;
import io.rekindle.plan.step.data.Secrets.SyncFromRds.Change;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Rotation owns the label AWSPENDING; what it does in between is seen, and said. */
class RotationTest extends ActionWorld<Secrets.SyncFromRds> {
  private final SecretsManagerClient secrets = in(HERE, SecretsManagerClient::builder);

  @Override
  protected ActionHandler<Secrets.SyncFromRds> handler() {
    return new SyncFromRds();
  }

  @Override
  protected String with() {
    return "{ secret: 'orders/db', instance: 'orders-a1b2c3' }";
  }

  @Override
  protected void world() {
    in(HERE, RdsClient::builder)
        .createDBInstance(request ->
            request
                .dbInstanceIdentifier("orders-a1b2c3")
                .engine("mysql")
                .dbInstanceClass("db.t3.micro")
                .allocatedStorage(20)
                .masterUsername("admin")
                .masterUserPassword("first-password"));
    secrets.createSecret(request -> request.name("orders/db").secretString("{}"));
  }

  /** As far as the change, which is made too. */
  private StepDriver after(Change last) {
    given();
    StepDriver step = step();
    Due due;
    do {
      due = (Due) step.look();
      step.applyPatiently(due);
    } while (!due.is(last));
    return step;
  }

  private String rotate() {
    return secrets.rotateSecret(request -> request.secretId("orders/db")).versionId();
  }

  private String current() {
    return secrets.getSecretValue(request -> request.secretId("orders/db")).versionId();
  }

  @Test
  void isNotHinderedByWhatTheStepStaged() {
    after(Change.STAGE);
    assertThatNoException().isThrownBy(this::rotate);
  }

  @Test
  void betweenStagingAndSettingIsSaidAndTheDatabaseIsLeftAlone() {
    StepDriver step = after(Change.STAGE);
    String rotated = rotate();
    assertSaid(step, rotated);
    assertThat(changes()).containsExactly("PutSecretValue");
  }

  @Test
  void beforePublishingIsSaidAndNotOverruled() {
    StepDriver step = after(Change.SET);
    String rotated = rotate();
    assertSaid(step, rotated);
    assertThat(current()).isEqualTo(rotated);
  }

  @Test
  void afterPublishingIsSaidAndNotOverruled() {
    StepDriver step = after(Change.PUBLISH);
    String rotated = rotate();
    assertSaid(step, rotated);
    assertThat(current()).isEqualTo(rotated);
  }

  private static void assertSaid(StepDriver step, String version) {
    assertThat(step.look())
        .isEqualTo(
            new Broken(
                "a rotation, or somebody else, has made the version "
                    + version
                    + " of the secret orders/db in us-west-2 current since this step began: it is"
                    + " not certain whose password the database has. Switch the rotation off, then"
                    + " start over (retry --anew)"));
  }

  @Test
  void isOverruledByDoingTheStepAnew() {
    after(Change.SET);
    rotate();
    StepDriver anew = step().generation(2);
    assertThat(anew.settled().outputs()).containsEntry("version", current());
  }

  @Test
  void whoTakesTheStepsOwnLabelDoesNotMakeItStageAgainForEver() {
    StepDriver step = after(Change.STAGE);
    secrets.putSecretValue(
        request -> request.secretId("orders/db").secretString("{}").versionStages("REKINDLE"));
    assertThat(step.look())
        .isInstanceOfSatisfying(
            Broken.class,
            broken ->
                assertThat(broken.why())
                    .startsWith("somebody else has taken the label off the version ")
                    .endsWith("that this step staged: start over (retry --anew)"));
  }
}
