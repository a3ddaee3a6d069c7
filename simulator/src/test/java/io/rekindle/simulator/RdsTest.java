package io.rekindle.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.SourceType;
import software.amazon.awssdk.services.rds.model.Tag;

class RdsTest extends RdsAccount {
  @Test
  void aSnapshotIsCreatingBeforeItIsAvailable() {
    snapshot("s");
    assertThat(snapshotOf(rds, "s").status()).isEqualTo("creating");
    later();
    assertThat(snapshotOf(rds, "s").status()).isEqualTo("available");
  }

  @Test
  void aCopyKeepsTheTimeOfItsDataAndNamesItsSource() {
    DBSnapshot source = availableSnapshot("s");
    copyWest(source.dbSnapshotArn(), "c", key());
    DBSnapshot copy = snapshotOf(west, "c");
    assertThat(copy.status()).isEqualTo("creating");
    assertThat(copy.snapshotDatabaseTime()).isEqualTo(source.snapshotCreateTime());
    assertThat(copy.snapshotCreateTime()).isAfter(source.snapshotCreateTime());
    assertThat(copy.sourceDBSnapshotIdentifier()).isEqualTo(source.dbSnapshotArn());
    assertThat(copy.sourceRegion()).isEqualTo("us-east-2");
    assertThat(copy.kmsKeyId()).contains("us-west-2");
    assertThat(copy.tagList()).extracting(Tag::key).containsExactly("rekindle:run");
    assertThat(west.describeDBSnapshots(all -> all.dbInstanceIdentifier("orders")).dbSnapshots())
        .hasSize(1);
    assertThat(snapshotOf(west, copy.dbSnapshotArn()).dbSnapshotIdentifier()).isEqualTo("c");
  }

  @Test
  void anEncryptedCopyFromAnotherRegionNeedsAKey() {
    String source = availableSnapshot("s").dbSnapshotArn();
    assertRefused("InvalidParameterValue", 400, () -> copyWest(source, "c", null));
    assertThat(west.describeDBSnapshots().dbSnapshots()).isEmpty();
  }

  @Test
  void aSecondSnapshotUnderTheSameNameIsRefused() {
    snapshot("s");
    assertRefused("DBSnapshotAlreadyExists", 400, () -> snapshot("s"));
  }

  @Test
  void newSecurityGroupsAreAddedBeforeTheyAreActive() {
    isolate("orders");
    DBInstance busy = instance(rds, "orders");
    assertThat(busy.dbInstanceStatus()).isEqualTo("modifying");
    assertThat(busy.vpcSecurityGroups().getFirst().status()).isEqualTo("adding");
    later();
    assertThat(instance(rds, "orders").dbInstanceStatus()).isEqualTo("available");
    assertThat(instance(rds, "orders").vpcSecurityGroups().getFirst().status()).isEqualTo("active");
  }

  @Test
  void aNewPasswordIsBeingResetForAWhile() {
    rds.modifyDBInstance(it ->
        it.dbInstanceIdentifier("orders")
            .masterUserPassword("An0therPassword")
            .applyImmediately(true));
    assertThat(instance(rds, "orders").dbInstanceStatus())
        .isEqualTo("resetting-master-credentials");
    later();
    assertThat(instance(rds, "orders").dbInstanceStatus()).isEqualTo("available");
  }

  @Test
  void anEventTellsOfARestartOnceItIsCompleted() {
    SIMULATOR.tempo().lasts("RebootDBInstance", TIME);
    rds.rebootDBInstance(it -> it.dbInstanceIdentifier("orders"));
    assertThat(instance(rds, "orders").dbInstanceStatus()).isEqualTo("rebooting");
    assertThat(restarts()).isEmpty();
    assertRefused(
        "InvalidDBInstanceState",
        400,
        () -> rds.rebootDBInstance(it -> it.dbInstanceIdentifier("orders")));
    later();
    assertThat(instance(rds, "orders").dbInstanceStatus()).isEqualTo("available");
    assertThat(restarts()).containsExactly("DB instance restarted");
  }

  private List<String> restarts() {
    return rds
        .describeEvents(it ->
            it.sourceIdentifier("orders")
                .sourceType(SourceType.DB_INSTANCE)
                .eventCategories("availability"))
        .events()
        .stream()
        .map(Event::message)
        .toList();
  }

  @Test
  void aRenamedInstanceAnswersToItsOldNameUntilItIsDone() {
    rename("orders", "orders-old");
    assertThat(instance(rds, "orders").dbInstanceStatus()).isEqualTo("renaming");
    assertThatThrownBy(() -> instance(rds, "orders-old"))
        .isInstanceOf(DbInstanceNotFoundException.class);
    later();
    assertThat(names()).isEqualTo(List.of("orders-old"));
    assertThat(instance(rds, "orders-old").dbInstanceStatus()).isEqualTo("available");
    assertThatThrownBy(() -> instance(rds, "orders"))
        .isInstanceOf(DbInstanceNotFoundException.class);
  }

  @Test
  void aNameThatIsTakenIsRefused() {
    availableSnapshot("s");
    restore("s", "restored");
    later();
    assertThat(instance(rds, "restored").dbInstanceStatus()).isEqualTo("available");
    assertRefused("DBInstanceAlreadyExists", 400, () -> rename("restored", "orders"));
    assertThat(names()).containsExactlyInAnyOrder("orders", "restored");
  }

  @Test
  void aDeletedInstanceIsDeletingBeforeItIsGone() {
    rds.deleteDBInstance(
        it -> it.dbInstanceIdentifier("orders").finalDBSnapshotIdentifier("orders-final"));
    assertThat(instance(rds, "orders").dbInstanceStatus()).isEqualTo("deleting");
    later();
    assertThat(names()).isEmpty();
    assertThat(snapshotOf(rds, "orders-final").status()).isEqualTo("available");
  }

  @Test
  void automatedBackupsGoWithTheirInstanceUnlessTheyAreKept() {
    rds.deleteDBInstance(it ->
        it.dbInstanceIdentifier("orders").skipFinalSnapshot(true).deleteAutomatedBackups(false));
    assertThat(
            rds.describeDBInstanceAutomatedBackups(it -> it.dbInstanceIdentifier("orders"))
                .dbInstanceAutomatedBackups()
                .getFirst()
                .status())
        .isEqualTo("retained");
  }

  @Test
  void aNewParameterGroupWaitsForARestart() {
    rds.createDBParameterGroup(it ->
        it.dbParameterGroupName("fast").dbParameterGroupFamily("postgres16").description("fast"));
    rds.modifyDBInstance(it -> it.dbInstanceIdentifier("orders").dbParameterGroupName("fast"));
    later();
    assertThat(parameters()).isEqualTo("pending-reboot");
    rds.rebootDBInstance(it -> it.dbInstanceIdentifier("orders"));
    assertThat(parameters()).isEqualTo("in-sync");
  }

  private String parameters() {
    return instance(rds, "orders").dbParameterGroups().getFirst().parameterApplyStatus();
  }
}
