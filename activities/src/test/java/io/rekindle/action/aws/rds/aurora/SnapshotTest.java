package io.rekindle.action.aws.rds.aurora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.data.AuroraSnapshots;
import io.rekindle.plan.step.data.AuroraSnapshots.Snapshot.Change;
import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;

class SnapshotTest extends ActionContract<AuroraSnapshots.Snapshot> {
  private final AuroraWorld here = new AuroraWorld(in(HERE, RdsClient::builder));

  @Override
  protected ActionHandler<AuroraSnapshots.Snapshot> handler() {
    return new Snapshot();
  }

  @Override
  protected String with() {
    return "{ cluster: 'ledger', target: 'ledger-final' }";
  }

  @Override
  protected void world() {
    here.cluster("ledger");
  }

  @Override
  protected void inTheWay() {
    here.snapshot("ledger", "ledger-final-a1b2c3");
  }

  @Test
  void saysWhatItHoldsAndMarksItAsOurs() {
    given();
    StepDriver step = step();
    assertThat(step.due()).isEqualTo(Due.of(Change.SNAPSHOT));
    Settled settled = step.settled();
    DBClusterSnapshot taken = here.snapshots().getFirst();
    assertThat(settled)
        .isEqualTo(
            new Settled(
                Map.of(
                    "snapshot",
                    "arn:aws:rds:us-west-2:123456789012:cluster-snapshot:ledger-final-a1b2c3",
                    "recoveryPoint",
                    taken.snapshotCreateTime().toString())));
    assertThat(taken.tagList()).contains(AuroraWorld.tag("rekindle:run", "a1b2c3"));
  }

  @Test
  void isOfUseOnlyOnceItIsAvailable() {
    given();
    StepDriver step = step();
    step.apply(step.due());
    assertThat(catchThrowableOfType(ApplicationFailure.class, step::observe).getOriginalMessage())
        .startsWith("the DB cluster snapshot ledger-final-a1b2c3 is 'creating', 50 % done");
    assertThat(step.look()).isInstanceOf(Settled.class);
  }

  @Test
  void asksWhenTheSnapshotFails() {
    given();
    endsAs("CreateDBClusterSnapshot", "failed");
    StepDriver step = step();
    step.apply(step.due());
    assertThat(step.look())
        .isEqualTo(
            new Broken(
                "the DB cluster snapshot ledger-final-a1b2c3 in us-west-2 is 'failed': start over"
                    + " (retry --anew)"));
  }

  @Test
  void asksWhenThereIsNoCluster() {
    assertThat(step().observe())
        .isEqualTo(new Broken("the DB cluster ledger does not exist in us-west-2"));
    assertThat(step().check().ready()).isFalse();
  }

  @Test
  void aDrillTakesItsOwn() {
    given();
    StepDriver drill = step().drill();
    assertThat(drill.settled().outputs().get("snapshot")).endsWith(":drill-a1b2c3-ledger-final");
    drill.undo();
    assertThat(here.snapshots()).isEmpty();
  }

  @Test
  void undoAfterAdoptTouchesWhatWasAdoptedAndNothingElse() {
    given();
    step().run("0dd0dd").settled();
    step().run("1dd1dd").settled();
    StepDriver adopting = step().adopting();
    assertThat(adopting.due())
        .isEqualTo(new Due("adopt", Map.of("adopted", "ledger-final-1dd1dd")));
    adopting.settled();
    adopting.undo();
    adopting.undo();
    assertThat(here.snapshots())
        .extracting(DBClusterSnapshot::dbClusterSnapshotIdentifier)
        .containsExactly("ledger-final-0dd0dd");
  }

  @Test
  void adoptsNoSnapshotOfAnotherCluster() {
    given();
    instantly(() -> here.cluster("billing"));
    step(with().replace("'ledger'", "'billing'")).run("0dd0dd").settled();
    assertThat(step().adopting().observe())
        .isEqualTo(
            new Broken(
                "the DB cluster snapshot ledger-final-0dd0dd in us-west-2, which an earlier run"
                    + " left, was not made from ledger: start over (retry --anew)"));
  }
}
