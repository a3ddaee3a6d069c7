package io.rekindle.action.aws.rds.aurora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.action.aws.rds.Instances;
import io.rekindle.plan.step.data.AuroraSnapshots;
import io.rekindle.plan.step.data.AuroraSnapshots.CopySnapshot.Change;
import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;

class CopySnapshotTest extends ActionContract<AuroraSnapshots.CopySnapshot> {
  private static final String NIGHTLY =
      "arn:aws:rds:us-east-2:123456789012:cluster-snapshot:nightly";
  private final AuroraWorld here = new AuroraWorld(in(HERE, RdsClient::builder));
  private final AuroraWorld there = new AuroraWorld(in(THERE, RdsClient::builder));
  private String key = "arn:aws:kms:us-west-2:123456789012:key/none";

  @Override
  protected ActionHandler<AuroraSnapshots.CopySnapshot> handler() {
    return new CopySnapshot();
  }

  @Override
  protected String with() {
    return "{ source: '%s', target: 'ledger', kmsKey: '%s' }".formatted(NIGHTLY, key);
  }

  @Override
  protected void world() {
    there.cluster("ledger");
    there.snapshot("ledger", "nightly");
    key = in(HERE, KmsClient::builder).createKey().keyMetadata().arn();
  }

  @Override
  protected void inTheWay() {
    here.cluster("other");
    here.snapshot("other", "ledger-a1b2c3");
  }

  @Test
  void saysWhereTheCopyIs() {
    given();
    StepDriver step = step();
    assertThat(step.due()).isEqualTo(Due.of(Change.COPY));
    assertThat(step.settled())
        .isEqualTo(
            new Settled(
                Map.of(
                    "snapshot",
                    "arn:aws:rds:us-west-2:123456789012:cluster-snapshot:ledger-a1b2c3")));
    assertThat(here.snapshots().getFirst().kmsKeyId()).isEqualTo(key);
  }

  /** AWS tells one time of it, which may be that of the copying. */
  @Test
  void notesOnTheCopyUpToWhenItHoldsData() {
    given();
    step().settled();
    assertThat(Instances.tags(here.snapshots().getFirst().tagList()))
        .containsEntry(
            "rekindle:recoveryPoint", there.snapshots().getFirst().snapshotCreateTime().toString())
        .containsEntry("rekindle:snapshot", NIGHTLY);
  }

  @Test
  void aCopyTakesItsTime() {
    given();
    StepDriver step = step();
    step.apply(step.due());
    assertThat(catchThrowableOfType(ApplicationFailure.class, step::observe).getOriginalMessage())
        .startsWith("the DB cluster snapshot ledger-a1b2c3 is 'creating'");
    assertThat(step.look()).isInstanceOf(Settled.class);
  }

  @Test
  void saysBeforehandThatThereIsNothingToCopy() {
    assertThat(step().check().ready()).isFalse();
    assertThat(step().check().evidence())
        .isEqualTo("the DB cluster snapshot " + NIGHTLY + " does not exist");
  }

  /** A copy of the same in parts does not exist for Aurora: a second one takes as long. */
  @Test
  void anotherRunMakesItsOwnCopy() {
    given();
    step().run("0dd0dd").settled();
    step().settled();
    assertThat(here.snapshots())
        .extracting(DBClusterSnapshot::dbClusterSnapshotIdentifier)
        .containsExactlyInAnyOrder("ledger-0dd0dd", "ledger-a1b2c3");
  }

  @Test
  void adoptsACopyOfTheSameSnapshotOnly() {
    given();
    step().run("0dd0dd").settled();
    assertThat(step().adopting().due())
        .isEqualTo(new Due("adopt", Map.of("adopted", "ledger-0dd0dd")));
    instantly(() -> there.snapshot("ledger", "weekly"));
    assertThat(step(with().replace(":nightly", ":weekly")).adopting().observe())
        .isEqualTo(
            new Broken(
                "the DB cluster snapshot ledger-0dd0dd in us-west-2, which an earlier run left, was"
                    + " not made from "
                    + NIGHTLY.replace(":nightly", ":weekly")
                    + ": start over (retry --anew)"));
  }
}
