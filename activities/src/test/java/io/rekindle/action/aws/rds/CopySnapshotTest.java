package io.rekindle.action.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.data.RdsSnapshots;
import io.rekindle.plan.step.data.RdsSnapshots.CopySnapshot.Change;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.rds.RdsClient;

class CopySnapshotTest extends ActionContract<RdsSnapshots.CopySnapshot> {
  private final RdsWorld here = new RdsWorld(in(HERE, RdsClient::builder));

  @Override
  protected ActionHandler<RdsSnapshots.CopySnapshot> handler() {
    return new CopySnapshot();
  }

  private final RdsWorld there = new RdsWorld(in(THERE, RdsClient::builder));
  private String key = "arn:aws:kms:us-west-2:123456789012:key/none";

  @Override
  protected String with() {
    return "{ source: 'arn:aws:rds:us-east-2:123456789012:snapshot:nightly', target: 'orders', kmsKey: '%s' }"
        .formatted(key);
  }

  @Override
  protected void world() {
    there.instance("orders");
    there.snapshot("orders", "nightly");
    key = in(HERE, KmsClient::builder).createKey().keyMetadata().arn();
  }

  @Override
  protected void inTheWay() {
    here.instance("other");
    here.snapshot("other", "orders-a1b2c3");
  }

  @Test
  void saysWhereTheCopyIs() {
    given();
    StepDriver step = step();
    assertThat(step.due()).isEqualTo(Due.of(Change.COPY));
    assertThat(step.settled())
        .isEqualTo(
            new Settled(
                Map.of("snapshot", "arn:aws:rds:us-west-2:123456789012:snapshot:orders-a1b2c3")));
  }

  /** What comes after it, such as a deletion, relies on the copy. */
  @Test
  void protectsNothingUntilTheCopyIsSeenAvailable() {
    given();
    lasts("CopyDBSnapshot", Duration.ofHours(1));
    StepDriver step = step();
    step.apply(step.due());
    assertThat(catchThrowableOfType(ApplicationFailure.class, step::observe).getOriginalMessage())
        .startsWith("the DB snapshot orders-a1b2c3 is 'creating'");
    pass(Duration.ofHours(1));
    assertThat(step.observe()).isInstanceOf(Settled.class);
  }

  @Test
  void theCopyIsUnderTheKeyOfThisRegion() {
    given();
    step().settled();
    assertThat(here.snapshots().getFirst().kmsKeyId()).isEqualTo(key);
  }

  @Test
  void saysBeforehandThatThereIsNothingToCopy() {
    assertThat(step().check().ready()).isFalse();
    assertThat(step().check().evidence())
        .isEqualTo(
            "the DB snapshot arn:aws:rds:us-east-2:123456789012:snapshot:nightly does not exist");
  }

  @Test
  void adoptsACopyOfTheSameSnapshotOnly() {
    given();
    step().run("0dd0dd").settled();
    assertThat(step().adopting().due())
        .isEqualTo(new Due("adopt", Map.of("adopted", "orders-0dd0dd")));
    instantly(() -> there.snapshot("orders", "weekly"));
    assertThat(step(with().replace(":nightly", ":weekly")).adopting().observe())
        .isEqualTo(
            new Broken(
                "the DB snapshot orders-0dd0dd in us-west-2, which an earlier run left, was not"
                    + " made from arn:aws:rds:us-east-2:123456789012:snapshot:weekly: start over"
                    + " (retry --anew)"));
  }
}
