package io.rekindle.action.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.aws.StepDriver;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DBSnapshot;

/** What compute has run on is not deleted without a final snapshot, which is named. */
class RollbackKeepsDataTest extends Restoring {
  @Test
  void whatMayHaveServedIsDeletedWithAFinalSnapshot() {
    given();
    StepDriver step = step();
    step.settled();
    Object kept = step.served().undo();
    assertThat(here.has("orders-a1b2c3")).isFalse();
    assertThat(here.snapshots())
        .extracting(DBSnapshot::dbSnapshotIdentifier)
        .contains("orders-a1b2c3-final-a1b2c3");
    assertThat(kept)
        .isEqualTo(
            "the last state of the database is in"
                + " arn:aws:rds:us-west-2:123456789012:snapshot:orders-a1b2c3-final-a1b2c3");
  }

  /** It may have served in the run that made it. */
  @Test
  void whatWasTakenOverIsDeletedWithAFinalSnapshot() {
    given();
    step().run("0dd0dd").settled();
    StepDriver step = step().adopting();
    step.settled();
    assertThat(step.undo()).asString().contains("snapshot:orders-0dd0dd-final-a1b2c3");
  }

  @Test
  void whatNothingRanOnIsDeletedWithoutATrace() {
    given();
    StepDriver step = step();
    step.settled();
    assertThat(step.undo()).isNull();
    assertThat(here.snapshots())
        .extracting(DBSnapshot::dbSnapshotIdentifier)
        .containsExactly("nightly-1");
  }
}
