package io.rekindle.action.aws.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Foreign;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.action.aws.rds.DeleteInstance.Former;
import io.rekindle.plan.step.data.Rds;
import io.rekindle.plan.step.data.Rds.DeleteInstance.Change;
import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstanceAutomatedBackup;
import software.amazon.awssdk.services.rds.model.Tag;

class DeleteInstanceTest extends ActionContract<Rds.DeleteInstance> {
  private final RdsWorld here = new RdsWorld(in(HERE, RdsClient::builder));

  @Override
  protected ActionHandler<Rds.DeleteInstance> handler() {
    return new DeleteInstance();
  }

  private static final Tag OURS = Tag.builder().key("rekindle:application").value("shop").build();

  @Override
  protected String with() {
    return "{ instance: 'orders-0dd0dd' }";
  }

  @Override
  protected void world() {
    here.instance("orders-0dd0dd", OURS);
  }

  @Test
  void keepsAFinalSnapshot() {
    given();
    assertThat(step().settled().outputs())
        .isEqualTo(
            Map.of(
                "finalSnapshot",
                "arn:aws:rds:us-west-2:123456789012:snapshot:orders-0dd0dd-final-a1b2c3"));
    assertThat(here.snapshots())
        .anyMatch(each -> each.dbSnapshotIdentifier().equals("orders-0dd0dd-final-a1b2c3"));
  }

  /** In them is what was written while it served. */
  @Test
  void keepsTheAutomatedBackups() {
    given();
    step().settled();
    assertThat(
            here.rds()
                .describeDBInstanceAutomatedBackups(
                    request -> request.dbInstanceIdentifier("orders-0dd0dd"))
                .dbInstanceAutomatedBackups())
        .extracting(DBInstanceAutomatedBackup::status)
        .containsExactly("retained");
  }

  /** Histories hold these words: what is in progress must stay readable. */
  @Test
  void recordsWhichInstanceItDeletes() {
    given();
    assertThat(step().due())
        .isEqualTo(new Due("delete", Map.of("arn", here.look("orders-0dd0dd").dbInstanceArn())));
  }

  @Test
  void refusesWhatIsNotOfTheApplication() {
    here.instance("orders-0dd0dd");
    assertThat(step().observe()).isInstanceOf(Foreign.class);
    step().apply(Due.of(Change.DELETE, new Former(here.look("orders-0dd0dd").dbInstanceArn())));
    assertThat(changes()).isEmpty();
    assertThat(step().check().ready()).isFalse();
    assertThat(step().check().evidence()).contains("belongs to somebody else: ");
  }

  @Test
  void asksWhenItIsProtected() {
    given();
    here.rds()
        .modifyDBInstance(
            request -> request.dbInstanceIdentifier("orders-0dd0dd").deletionProtection(true));
    assertThat(step().observe())
        .isEqualTo(
            new Broken(
                "the DB instance orders-0dd0dd in us-west-2 is protected from deletion: remove the"
                    + " protection, then retry"));
    assertThat(step().check().ready()).isFalse();
  }

  @Test
  void asksWhenItHasGoneByAnotherHand() {
    assertThat(step().observe())
        .isInstanceOfSatisfying(
            Broken.class,
            broken ->
                assertThat(broken.why())
                    .isEqualTo(
                        "the DB instance orders-0dd0dd does not exist in us-west-2; if it was"
                            + " deleted, skip the step: skip --give finalSnapshot=…"));
  }

  @Test
  void hasNoUndo() {
    given();
    StepDriver step = step();
    step.settled();
    ApplicationFailure failure =
        catchThrowableOfType(ApplicationFailure.class, () -> step.undoOnce());
    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getOriginalMessage()).contains("restore the final snapshot");
  }
}
