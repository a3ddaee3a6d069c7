package io.rekindle.action.aws.rds.aurora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Foreign;
import io.rekindle.action.aws.ActionContract;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.StepDriver;
import io.rekindle.plan.step.data.Aurora;
import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBClusterAutomatedBackup;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.Tag;

class DeleteClusterTest extends ActionContract<Aurora.DeleteCluster> {
  private static final Tag OURS = AuroraWorld.tag("rekindle:application", "shop");
  private final AuroraWorld here = new AuroraWorld(in(HERE, RdsClient::builder));

  @Override
  protected ActionHandler<Aurora.DeleteCluster> handler() {
    return new DeleteCluster();
  }

  @Override
  protected String with() {
    return "{ cluster: 'ledger-0dd0dd' }";
  }

  @Override
  protected void world() {
    here.cluster("ledger-0dd0dd", OURS);
    here.instance("ledger-0dd0dd", "ledger-0dd0dd-1");
  }

  /** AWS refuses the other way round. */
  @Test
  void deletesTheInstancesBeforeTheCluster() {
    given();
    instantly(() -> here.instance("ledger-0dd0dd", "ledger-0dd0dd-2"));
    step().settled();
    assertThat(changes())
        .containsExactly("DeleteDBInstance", "DeleteDBInstance", "DeleteDBCluster");
    assertThat(here.hasMember("ledger-0dd0dd-1")).isFalse();
    assertThat(here.find("ledger-0dd0dd")).isEmpty();
  }

  @Test
  void keepsAFinalSnapshot() {
    given();
    assertThat(step().settled().outputs())
        .isEqualTo(
            Map.of(
                "finalSnapshot",
                "arn:aws:rds:us-west-2:123456789012:cluster-snapshot:ledger-0dd0dd-final-a1b2c3"));
    assertThat(here.snapshots())
        .extracting(DBClusterSnapshot::dbClusterSnapshotIdentifier)
        .containsExactly("ledger-0dd0dd-final-a1b2c3");
  }

  /** In them is what was written while it served. */
  @Test
  void keepsTheAutomatedBackups() {
    given();
    step().settled();
    assertThat(
            here.rds()
                .describeDBClusterAutomatedBackups(
                    request -> request.dbClusterIdentifier("ledger-0dd0dd"))
                .dbClusterAutomatedBackups())
        .extracting(DBClusterAutomatedBackup::status)
        .containsExactly("retained");
  }

  /** Histories hold these words: what is in progress must stay readable. */
  @Test
  void recordsWhichClusterItDeletes() {
    given();
    String id = here.look("ledger-0dd0dd").dbClusterResourceId();
    String arn = here.look("ledger-0dd0dd").dbClusterArn();
    assertThat(step().due()).isEqualTo(new Due("instances", Map.of("arn", arn, "resourceId", id)));
  }

  @Test
  void aLateAttemptDoesNotDeleteTheOneThatTookTheName() {
    given();
    StepDriver step = step();
    Due due = step.due();
    step.settled();
    instantly(this::world);
    step.apply(due);
    assertThat(here.hasMember("ledger-0dd0dd-1")).isTrue();
  }

  @Test
  void refusesWhatIsNotOfTheApplication() {
    here.cluster("ledger-0dd0dd");
    assertThat(step().observe()).isInstanceOf(Foreign.class);
    assertThat(step().check().ready()).isFalse();
    assertThat(step().check().evidence()).contains("belongs to somebody else: ");
  }

  @Test
  void asksWhenItIsProtected() {
    given();
    instantly(() ->
        here.rds()
            .modifyDBCluster(
                request -> request.dbClusterIdentifier("ledger-0dd0dd").deletionProtection(true)));
    assertThat(step().observe())
        .isEqualTo(
            new Broken(
                "the DB cluster ledger-0dd0dd in us-west-2 is protected from deletion: remove the"
                    + " protection, then retry"));
    assertThat(step().check().ready()).isFalse();
  }

  @Test
  void asksWhenItIsAMemberOfAGlobalDatabase() {
    instantly(() -> here.inGlobal("world", "ledger-0dd0dd", OURS));
    assertThat(step().observe())
        .isEqualTo(
            new Broken(
                "the DB cluster ledger-0dd0dd in us-west-2 is a member of the global database"
                    + " world: remove it from that, then retry"));
    assertThat(changes()).isEmpty();
  }

  @Test
  void asksWhenItHasGoneByAnotherHand() {
    assertThat(step().observe())
        .isEqualTo(
            new Broken(
                "the DB cluster ledger-0dd0dd does not exist in us-west-2; if it was deleted, skip"
                    + " the step: skip --give finalSnapshot=…"));
  }

  @Test
  void hasNoUndo() {
    given();
    StepDriver step = step();
    step.settled();
    assertThat(catchThrowableOfType(ApplicationFailure.class, step::undoOnce).getOriginalMessage())
        .contains("restore the final snapshot");
  }
}
