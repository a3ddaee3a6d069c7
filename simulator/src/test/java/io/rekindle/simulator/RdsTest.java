package io.rekindle.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.DbSnapshotNotFoundException;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.SourceType;
import software.amazon.awssdk.services.rds.model.Tag;

class RdsTest {
  private static final Simulator SIMULATOR = Simulators.plain();
  private static final Duration TIME = Duration.ofMinutes(1);
  private static int account;
  private final Aws east = Aws.of(SIMULATOR, "3000000000" + (10 + account++));
  private final RdsClient rds = east.client(RdsClient.builder());
  private final RdsClient west = east.in(Aws.WEST).client(RdsClient.builder());

  @BeforeEach
  void anInstance() {
    SIMULATOR.tempo().forget();
    SIMULATOR.tempo().lasts("DeleteDBInstance", TIME);
    SIMULATOR.tempo().lasts("CreateDBInstanceReadReplica", TIME);
    for (String operation : List.of("CreateDBSnapshot", "CopyDBSnapshot", "ModifyDBInstance")) {
      SIMULATOR.tempo().lasts(operation, TIME);
    }
    rds.createDBInstance(it ->
        it.dbInstanceIdentifier("orders")
            .engine("postgres")
            .dbInstanceClass("db.t3.micro")
            .masterUsername("master")
            .masterUserPassword("Passw0rd123")
            .allocatedStorage(20)
            .storageEncrypted(true));
  }

  @Test
  void aSnapshotIsCreatingBeforeItIsAvailable() {
    snapshot("s");
    assertThat(snapshotOf(rds, "s").status()).isEqualTo("creating");
    later();
    assertThat(snapshotOf(rds, "s").status()).isEqualTo("available");
  }

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

  @Test
  void aPromotedReplicaHasNoSource() {
    west.createDBInstanceReadReplica(it ->
        it.dbInstanceIdentifier("replica")
            .sourceDBInstanceIdentifier("arn:aws:rds:us-east-2:" + east.account() + ":db:orders"));
    later();
    assertThat(instance(west, "replica").dbInstanceStatus()).isEqualTo("available");
    assertThat(instance(west, "replica").readReplicaSourceDBInstanceIdentifier()).isNotBlank();
    west.promoteReadReplica(it -> it.dbInstanceIdentifier("replica"));
    later();
    assertThat(instance(west, "replica").dbInstanceStatus()).isEqualTo("available");
    assertThat(instance(west, "replica").readReplicaSourceDBInstanceIdentifier()).isNull();
  }

  private void snapshot(String name) {
    rds.createDBSnapshot(it -> it.dbInstanceIdentifier("orders").dbSnapshotIdentifier(name));
  }

  private DBSnapshot availableSnapshot(String name) {
    snapshot(name);
    later();
    assertThat(snapshotOf(rds, name).status()).isEqualTo("available");
    return snapshotOf(rds, name);
  }

  private void restore(String snapshot, String name) {
    rds.restoreDBInstanceFromDBSnapshot(
        it -> it.dbInstanceIdentifier(name).dbSnapshotIdentifier(snapshot));
  }

  private void copyWest(String source, String name, @Nullable String key) {
    west.copyDBSnapshot(it ->
        it.sourceDBSnapshotIdentifier(source)
            .sourceRegion("us-east-2")
            .targetDBSnapshotIdentifier(name)
            .kmsKeyId(key)
            .tags(Tag.builder().key("rekindle:run").value("0a1b2c").build()));
  }

  private String key() {
    return east.in(Aws.WEST).client(KmsClient.builder()).createKey().keyMetadata().arn();
  }

  private void isolate(String name) {
    rds.modifyDBInstance(
        it -> it.dbInstanceIdentifier(name).vpcSecurityGroupIds("sg-9").applyImmediately(true));
  }

  private void rename(String from, String to) {
    rds.modifyDBInstance(
        it -> it.dbInstanceIdentifier(from).newDBInstanceIdentifier(to).applyImmediately(true));
  }

  private List<String> names() {
    return rds.describeDBInstances().dbInstances().stream()
        .map(DBInstance::dbInstanceIdentifier)
        .toList();
  }

  private static DBInstance instance(RdsClient in, String name) {
    return in.describeDBInstances(it -> it.dbInstanceIdentifier(name)).dbInstances().getFirst();
  }

  private static DBSnapshot snapshotOf(RdsClient in, String name) {
    return in.describeDBSnapshots(it -> it.dbSnapshotIdentifier(name)).dbSnapshots().getFirst();
  }

  private static void later() {
    SIMULATOR.tempo().pass(TIME);
  }

  static void await(Supplier<Boolean> condition) {
    Instant until = Instant.now().plusSeconds(20);
    while (!condition.get()) {
      assertThat(Instant.now()).as("not within 20 s").isBefore(until);
      try {
        Thread.sleep(50);
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
    }
  }

  static void assertRefused(String code, int status, Runnable asking) {
    assertThatThrownBy(asking::run)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            refused -> {
              assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(refused.statusCode()).isEqualTo(status);
            });
  }
}
