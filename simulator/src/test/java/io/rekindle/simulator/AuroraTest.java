package io.rekindle.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;

/** Aurora clusters and their snapshots. */
@ExtendWith(HeldToTheContract.class)
class AuroraTest extends RdsAccount {
  @BeforeEach
  void aCluster() {
    for (String operation :
        new String[] {
          "CreateDBClusterSnapshot",
          "CopyDBClusterSnapshot",
          "RestoreDBClusterFromSnapshot",
          "ModifyDBCluster",
          "CreateDBInstance"
        }) {
      SIMULATOR.tempo().lasts(operation, TIME);
    }
    create("ledger");
  }

  private void create(String name) {
    rds.createDBCluster(it ->
        it.dbClusterIdentifier(name)
            .engine("aurora-postgresql")
            .engineVersion("16.4")
            .masterUsername("master")
            .masterUserPassword("Passw0rd123")
            .storageEncrypted(true)
            .deletionProtection(true));
  }

  private void snapshotCluster(String name) {
    rds.createDBClusterSnapshot(
        it -> it.dbClusterIdentifier("ledger").dbClusterSnapshotIdentifier(name));
  }

  private DBClusterSnapshot availableClusterSnapshot(String name) {
    snapshotCluster(name);
    later();
    return clusterSnapshot(rds, name);
  }

  private static DBClusterSnapshot clusterSnapshot(RdsClient in, String name) {
    return in.describeDBClusterSnapshots(it -> it.dbClusterSnapshotIdentifier(name))
        .dbClusterSnapshots()
        .getFirst();
  }

  private static DBCluster cluster(RdsClient in, String name) {
    return in.describeDBClusters(it -> it.dbClusterIdentifier(name)).dbClusters().getFirst();
  }

  private void restoreCluster(String snapshot) {
    rds.restoreDBClusterFromSnapshot(it ->
        it.dbClusterIdentifier("restored")
            .snapshotIdentifier(snapshot)
            .engine("aurora-postgresql"));
  }

  private void copyClusterWest(String source, String name, String key) {
    west.copyDBClusterSnapshot(it ->
        it.sourceDBClusterSnapshotIdentifier(source)
            .sourceRegion("us-east-2")
            .targetDBClusterSnapshotIdentifier(name)
            .kmsKeyId(key.isEmpty() ? null : key));
  }

  @Test
  void aSnapshotTakesItsTimeAndIsOfNoUseMeanwhile() {
    snapshotCluster("s");
    assertThat(clusterSnapshot(rds, "s").status()).isEqualTo("creating");
    assertThat(clusterSnapshot(rds, "s").percentProgress()).isEqualTo(50);
    assertRefused("InvalidDBClusterSnapshotStateFault", 400, () -> restoreCluster("s"));
    later();
    restoreCluster("s");
    assertThat(cluster(rds, "restored").status()).isEqualTo("creating");
  }

  @Test
  void aRestoreTakesDefaultsForWhatItIsNotTold() {
    String arn = availableClusterSnapshot("s").dbClusterSnapshotArn();
    restoreCluster(arn);
    assertThat(cluster(rds, "restored").engineVersion()).isEqualTo("17.4");
    assertThat(cluster(rds, "restored").deletionProtection()).isFalse();
    assertThat(cluster(rds, "ledger").deletionProtection()).isTrue();
  }

  @Test
  void aSecondRestoreUnderTheSameNameIsRefusedAndReplacesNothing() {
    availableClusterSnapshot("s");
    restoreCluster("s");
    String id = cluster(rds, "restored").dbClusterResourceId();
    assertRefused("DBClusterAlreadyExistsFault", 400, () -> restoreCluster("s"));
    assertThat(cluster(rds, "restored").dbClusterResourceId()).isEqualTo(id);
  }

  @Test
  void aCopyFromAnotherRegionNeedsAKeyOfItsRegionAndNamesItsSource() {
    String source = availableClusterSnapshot("s").dbClusterSnapshotArn();
    assertRefused("InvalidParameterValue", 400, () -> copyClusterWest(source, "c", ""));
    String foreign = key().replace("us-west-2", "us-east-2");
    assertRefused("KMSKeyNotAccessibleFault", 400, () -> copyClusterWest(source, "c", foreign));
    String key = key();
    copyClusterWest(source, "c", key);
    assertThat(clusterSnapshot(west, "c").status()).isEqualTo("creating");
    assertThat(clusterSnapshot(west, "c").sourceDBClusterSnapshotArn()).isEqualTo(source);
    assertThat(clusterSnapshot(west, "c").kmsKeyId()).isEqualTo(key);
    assertRefused(
        "DBClusterSnapshotAlreadyExistsFault", 400, () -> copyClusterWest(source, "c", key));
  }

  @Test
  void aRegionKnowsItsOwnSnapshotsOnly() {
    String arn = availableClusterSnapshot("s").dbClusterSnapshotArn();
    assertThat(clusterSnapshot(rds, arn).dbClusterSnapshotIdentifier()).isEqualTo("s");
    assertRefused("DBClusterSnapshotNotFoundFault", 404, () -> clusterSnapshot(west, arn));
  }

  @Test
  void theNameOfADeletedClusterCanBeGivenAgainAtOnce() {
    rds.modifyDBCluster(it -> it.dbClusterIdentifier("ledger").deletionProtection(false));
    later();
    rds.deleteDBCluster(it -> it.dbClusterIdentifier("ledger").skipFinalSnapshot(true));
    later();
    create("ledger");
    assertThat(cluster(rds, "ledger").status()).isEqualTo("available");
  }

  @Test
  void aNameIsTakenUntilItsClusterHasAnother() {
    create("other");
    assertRefused("DBClusterAlreadyExistsFault", 400, () -> renameCluster("ledger", "other"));
    renameCluster("ledger", "aside");
    assertThat(cluster(rds, "ledger").status()).isEqualTo("renaming");
    assertRefused("InvalidDBClusterStateFault", 400, () -> renameCluster("ledger", "third"));
    later();
    assertThat(cluster(rds, "aside").endpoint()).startsWith("aside.");
    create("ledger");
    assertThat(cluster(rds, "ledger").dbClusterResourceId())
        .isNotEqualTo(cluster(rds, "aside").dbClusterResourceId());
  }

  private void renameCluster(String from, String to) {
    rds.modifyDBCluster(
        it -> it.dbClusterIdentifier(from).newDBClusterIdentifier(to).applyImmediately(true));
  }
}
