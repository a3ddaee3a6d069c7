package io.rekindle.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DbSnapshotNotFoundException;

class RdsRestoreTest extends RdsAccount {
  @Test
  void aRestoreTakesTheTimeThatItsKindDeclaresTimesTheFactor() {
    availableSnapshot("s");
    restore("s", "restored");
    assertThat(instance(rds, "restored").dbInstanceStatus()).isEqualTo("creating");
    assertThat(instance(rds, "restored").endpoint()).isNull();
    await(() -> instance(rds, "restored").dbInstanceStatus().equals("available"));
    assertThat(instance(rds, "restored").endpoint().address()).isNotBlank();
    Instant asked =
        SIMULATOR.calls().stream()
            .filter(call -> call.is("rds", "RestoreDBInstanceFromDBSnapshot"))
            .filter(call -> call.caller().account().equals(east.account()))
            .findFirst()
            .orElseThrow()
            .at();
    assertThat(Duration.between(asked, Instant.now())).isGreaterThan(Duration.ofMillis(1200));
  }

  @Test
  void aRestoreCanBeMadeToFail() {
    availableSnapshot("s");
    SIMULATOR.tempo().lasts("RestoreDBInstanceFromDBSnapshot", Duration.ZERO);
    SIMULATOR.tempo().endsAs("RestoreDBInstanceFromDBSnapshot", "incompatible-restore");
    restore("s", "restored");
    assertThat(instance(rds, "restored").dbInstanceStatus()).isEqualTo("incompatible-restore");
  }

  @Test
  void anInstanceWithoutMachinesCanOnlyBeDeletedWithoutAFinalSnapshot() {
    availableSnapshot("s");
    SIMULATOR.tempo().lasts("RestoreDBInstanceFromDBSnapshot", Duration.ZERO);
    SIMULATOR.tempo().endsAs("RestoreDBInstanceFromDBSnapshot", "insufficient-capacity");
    restore("s", "restored");
    assertRefused(
        "InvalidDBInstanceState",
        400,
        () ->
            rds.deleteDBInstance(
                it -> it.dbInstanceIdentifier("restored").finalDBSnapshotIdentifier("f")));
    rds.deleteDBInstance(it -> it.dbInstanceIdentifier("restored").skipFinalSnapshot(true));
    later();
    assertThat(names()).isEqualTo(List.of("orders"));
  }

  @Test
  void aSnapshotSaysWhatStorageItsDatabaseHadAndARestoreTakesDefaults() {
    rds.modifyDBInstance(it ->
        it.dbInstanceIdentifier("orders")
            .enableIAMDatabaseAuthentication(true)
            .deletionProtection(true));
    later();
    DBSnapshot snapshot = availableSnapshot("s");
    assertThat(snapshot.storageType()).isEqualTo("gp2");
    assertThat(snapshot.iamDatabaseAuthenticationEnabled()).isTrue();
    restore("s", "restored");
    DBInstance restored = instance(rds, "restored");
    assertThat(restored.storageType()).isEqualTo("gp3");
    assertThat(restored.iamDatabaseAuthenticationEnabled()).isFalse();
    assertThat(restored.deletionProtection()).isFalse();
  }

  @Test
  void aRestoredInstanceServesWhileItsBlocksAreLoaded() {
    availableSnapshot("s");
    SIMULATOR.tempo().lasts("RestoreDBInstanceFromDBSnapshot", Duration.ZERO);
    SIMULATOR.tempo().endsAs("RestoreDBInstanceFromDBSnapshot", "storage-initialization");
    restore("s", "restored");
    assertThat(instance(rds, "restored").endpoint()).isNotNull();
    isolate("restored");
  }

  @Test
  void aSecondRestoreUnderTheSameNameIsRefusedAndReplacesNothing() {
    availableSnapshot("s");
    restore("s", "restored");
    Instant created = instance(rds, "restored").instanceCreateTime();
    assertRefused("DBInstanceAlreadyExists", 400, () -> restore("s", "restored"));
    assertThat(instance(rds, "restored").instanceCreateTime()).isEqualTo(created);
  }

  @Test
  void whatIsNotReadyIsRefused() {
    snapshot("s");
    assertRefused("InvalidDBSnapshotState", 400, () -> restore("s", "restored"));
    assertRefused(
        "InvalidDBSnapshotState",
        400,
        () ->
            rds.copyDBSnapshot(
                copy -> copy.sourceDBSnapshotIdentifier("s").targetDBSnapshotIdentifier("c")));
  }

  @Test
  void anInstanceThatIsBusyRefusesChanges() {
    availableSnapshot("s");
    restore("s", "restored");
    assertRefused("InvalidDBInstanceState", 400, () -> isolate("restored"));
  }

  @Test
  void whatAnotherAccountSharesIsFoundByItsArnOnly() {
    String arn = availableSnapshot("s").dbSnapshotArn();
    RdsClient other =
        Aws.of(SIMULATOR, "31000000" + east.account().substring(8)).client(RdsClient.builder());
    assertThatThrownBy(() -> shared(other, arn)).isInstanceOf(DbSnapshotNotFoundException.class);
    rds.modifyDBSnapshotAttribute(it ->
        it.dbSnapshotIdentifier("s")
            .attributeName("restore")
            .valuesToAdd("31000000" + east.account().substring(8)));
    assertThat(shared(other, arn).snapshotType()).isEqualTo("shared");
    assertThatThrownBy(() -> snapshotOf(other, arn))
        .isInstanceOf(DbSnapshotNotFoundException.class);
  }

  private static DBSnapshot shared(RdsClient in, String arn) {
    return in.describeDBSnapshots(it -> it.dbSnapshotIdentifier(arn).includeShared(true))
        .dbSnapshots()
        .getFirst();
  }
}
