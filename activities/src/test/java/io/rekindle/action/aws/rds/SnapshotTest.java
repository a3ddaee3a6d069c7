package io.rekindle.action.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.data.RdsSnapshots;
import io.rekindle.plan.step.data.RdsSnapshots.Snapshot.Change;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.Tag;

class SnapshotTest extends ActionContract<RdsSnapshots.Snapshot> {
  private final RdsWorld here = new RdsWorld(in(HERE, RdsClient::builder));

  @Override
  protected ActionHandler<RdsSnapshots.Snapshot> handler() {
    return new Snapshot();
  }

  @Override
  protected String with() {
    return "{ instance: 'orders', target: 'orders-final' }";
  }

  @Override
  protected void world() {
    here.instance("orders");
  }

  @Override
  protected void inTheWay() {
    here.snapshot("orders", "orders-final-a1b2c3");
  }

  @Test
  void saysWhatItHoldsAndMarksItAsOurs() {
    given();
    StepDriver step = step();
    assertThat(step.due()).isEqualTo(Due.of(Change.SNAPSHOT));
    Settled settled = step.settled();
    DBSnapshot taken = here.snapshots().getFirst();
    assertThat(settled)
        .isEqualTo(
            new Settled(
                Map.of(
                    "snapshot",
                    "arn:aws:rds:us-west-2:123456789012:snapshot:orders-final-a1b2c3",
                    "recoveryPoint",
                    taken.snapshotDatabaseTime().toString())));
    assertThat(taken.tagList()).contains(Tag.builder().key("rekindle:run").value("a1b2c3").build());
  }

  @Test
  void asksWhenThereIsNoInstance() {
    assertThat(step().observe())
        .isEqualTo(new Broken("the DB instance orders does not exist in us-west-2"));
    assertThat(step().check().ready()).isFalse();
  }

  @Test
  void aDrillTakesItsOwn() {
    given();
    StepDriver drill = step().drill();
    assertThat(drill.settled().outputs().get("snapshot")).endsWith(":drill-a1b2c3-orders-final");
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
        .isEqualTo(new Due("adopt", Map.of("adopted", "orders-final-1dd1dd")));
    adopting.settled();
    adopting.undo();
    adopting.undo();
    assertThat(here.snapshots())
        .extracting(DBSnapshot::dbSnapshotIdentifier)
        .containsExactly("orders-final-0dd0dd");
  }

  @Test
  void adoptsNoSnapshotOfAnotherInstance() {
    given();
    instantly(() -> here.instance("billing"));
    step(with().replace("'orders'", "'billing'")).run("0dd0dd").settled();
    assertThat(step().adopting().observe())
        .isEqualTo(
            new Broken(
                "the DB snapshot orders-final-0dd0dd in us-west-2, which an earlier run left, was"
                    + " not made from orders: start over (retry --anew)"));
  }
}
