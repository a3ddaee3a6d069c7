package io.rekindle.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.rekindle.simulator.fake.BackupPoint;
import io.rekindle.simulator.fake.BackupVault;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.DescribeRestoreJobResponse;
import software.amazon.awssdk.services.backup.model.RecoveryPointByBackupVault;
import software.amazon.awssdk.services.backup.model.RecoveryPointStatus;
import software.amazon.awssdk.services.backup.model.RestoreJobStatus;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.Tag;

/** AWS Backup in a Region to which a plan copied recovery points. */
@ExtendWith(HeldToTheContract.class)
class BackupTest extends RdsAccount {
  private static final Instant YESTERDAY = Instant.parse("2026-01-30T03:00:00Z");
  private static final Instant TODAY = Instant.parse("2026-01-31T03:00:00Z");
  private final BackupVault vault = SIMULATOR.vault("us-west-2", "orders-dr");
  private final BackupClient backup = east.in(Aws.WEST).client(BackupClient.builder());
  private final String orders = "arn:aws:rds:us-east-2:%s:db:orders".formatted(east.account());

  @BeforeEach
  void jobsTakeTheirTime() {
    SIMULATOR.tempo().lasts("StartRestoreJob", TIME.multipliedBy(10));
    SIMULATOR.tempo().lasts("RestoreDBInstanceFromDBSnapshot", TIME);
    SIMULATOR.tempo().lasts("RestoreDBClusterFromSnapshot", TIME);
    SIMULATOR.tempo().lasts("CreateDBInstance", TIME);
    SIMULATOR.tempo().lasts("ModifyDBCluster", TIME);
    west.createDBParameterGroup(it ->
        it.dbParameterGroupName("orders").dbParameterGroupFamily("postgres16").description("own"));
  }

  private String kept(String snapshot, Instant created) {
    return vault.keep(
        BackupPoint.copyOf(orders, created, availableSnapshot(snapshot).dbSnapshotArn()));
  }

  private List<RecoveryPointByBackupVault> listed() {
    return backup
        .listRecoveryPointsByBackupVault(
            it -> it.backupVaultName("orders-dr").byResourceArn(orders))
        .recoveryPoints();
  }

  private String start(String point, Map<String, String> metadata, String token) {
    return backup
        .startRestoreJob(it ->
            it.recoveryPointArn(point)
                .iamRoleArn("arn:aws:iam::123456789012:role/restore")
                .idempotencyToken(token)
                .metadata(metadata))
        .restoreJobId();
  }

  private static Map<String, String> named(String name, String... more) {
    Map<String, String> metadata = new HashMap<>();
    metadata.put("DBInstanceIdentifier", name);
    metadata.put("VpcSecurityGroupIds", "[\"sg-0dr\",\"sg-1dr\"]");
    metadata.put("dbparametergroupname", "orders");
    for (int i = 0; i < more.length; i += 2) {
      metadata.put(more[i], more[i + 1]);
    }
    return metadata;
  }

  private DescribeRestoreJobResponse job(String id) {
    return backup.describeRestoreJob(it -> it.restoreJobId(id));
  }

  @Test
  void aCopyNamesItsSourceAndTheTimeOfItsData() {
    String arn = kept("nightly-1", YESTERDAY);
    assertThat(arn)
        .startsWith("arn:aws:rds:us-west-2:" + east.account() + ":snapshot:awsbackup:copyjob-");
    assertThat(listed())
        .singleElement()
        .satisfies(point -> {
          assertThat(point.resourceArn()).isEqualTo(orders);
          assertThat(point.creationDate()).isEqualTo(YESTERDAY);
          assertThat(point.sourceBackupVaultArn()).contains(":us-east-2:");
          assertThat(point.status()).isEqualTo(RecoveryPointStatus.COMPLETED);
          assertThat(point.resourceType()).isEqualTo("RDS");
        });
    assertThat(
            backup
                .describeRecoveryPoint(it -> it.backupVaultName("orders-dr").recoveryPointArn(arn))
                .resourceArn())
        .isEqualTo(orders);
  }

  @Test
  void recoveryPointsAreListedByVaultDateAndPage() {
    kept("nightly-1", YESTERDAY);
    kept("nightly-2", TODAY);
    assertThat(
            backup
                .listRecoveryPointsByBackupVault(
                    it -> it.backupVaultName("orders-dr").byCreatedAfter(YESTERDAY))
                .recoveryPoints())
        .singleElement()
        .extracting(RecoveryPointByBackupVault::creationDate)
        .isEqualTo(TODAY);
    assertThat(
            backup
                .listRecoveryPointsByBackupVaultPaginator(
                    it -> it.backupVaultName("orders-dr").maxResults(1))
                .recoveryPoints())
        .hasSize(2);
    assertRefused(
        "ResourceNotFoundException",
        400,
        () -> backup.listRecoveryPointsByBackupVault(it -> it.backupVaultName("nobodys")));
  }

  /** As RDS shows what AWS Backup made: only to who asks for the type or the name. */
  @Test
  void aRecoveryPointIsASnapshotOfATypeOfItsOwn() {
    String arn = kept("nightly-1", YESTERDAY);
    assertThat(west.describeDBSnapshots(it -> it.snapshotType("manual")).dbSnapshots()).isEmpty();
    assertThat(west.describeDBSnapshots(it -> it.snapshotType("awsbackup")).dbSnapshots())
        .extracting(DBSnapshot::dbSnapshotArn, DBSnapshot::snapshotType)
        .containsExactly(tuple(arn, "awsbackup"));
  }

  @Test
  void aRecoveryPointRemembersTheNetworkOfItsDatabaseAndMoreThanARestoreTakes() {
    String arn = kept("nightly-1", YESTERDAY);
    Map<String, String> metadata =
        backup
            .getRecoveryPointRestoreMetadata(
                it -> it.backupVaultName("orders-dr").recoveryPointArn(arn))
            .restoreMetadata();
    assertThat(metadata)
        .containsEntry("Engine", "postgres")
        .containsEntry("DBInstanceClass", "db.t3.micro")
        .containsKeys("DBSnapshotIdentifier", "VpcSecurityGroupIds");
    Map<String, String> all = new HashMap<>(metadata);
    all.put("DBInstanceIdentifier", "restored");
    assertRefused("InvalidParameterValueException", 400, () -> start(arn, all, "t1"));
  }

  @Test
  void aRestoreIsPendingThenRunsAndEndsWhenTheInstanceIsAvailable() {
    String job = start(kept("nightly-1", YESTERDAY), named("restored"), "t1");
    assertThat(job(job).status()).isEqualTo(RestoreJobStatus.PENDING);
    assertThat(west.describeDBInstances().dbInstances()).isEmpty();
    later();
    assertThat(job(job).status()).isEqualTo(RestoreJobStatus.RUNNING);
    assertThat(instance(west, "restored").dbInstanceStatus()).isEqualTo("creating");
    later();
    assertThat(job(job).status()).isEqualTo(RestoreJobStatus.COMPLETED);
    DBInstance restored = instance(west, "restored");
    assertThat(job(job).createdResourceArn()).isEqualTo(restored.dbInstanceArn());
    assertThat(restored.dbParameterGroups().getFirst().dbParameterGroupName()).isEqualTo("orders");
    assertThat(restored.vpcSecurityGroups()).hasSize(2);
    assertThat(backup.getRestoreJobMetadata(it -> it.restoreJobId(job)).metadata())
        .containsEntry("DBInstanceIdentifier", "restored");
  }

  @Test
  void aRestoredInstanceHasTheTagsOfItsSource() {
    rds.addTagsToResource(it ->
        it.resourceName(orders).tags(Tag.builder().key("rekindle:run").value("0ld0ld").build()));
    start(kept("nightly-1", YESTERDAY), named("restored"), "t1");
    later();
    assertThat(instance(west, "restored").tagList())
        .extracting(Tag::key, Tag::value)
        .contains(tuple("rekindle:run", "0ld0ld"));
  }

  @Test
  void theSameTokenStartsNoSecondJob() {
    String point = kept("nightly-1", YESTERDAY);
    String job = start(point, named("restored"), "t1");
    assertThat(start(point, named("restored"), "t1")).isEqualTo(job);
    assertThat(start(point, named("another"), "t2")).isNotEqualTo(job);
    assertThat(backup.listRestoreJobs(it -> it.byResourceType("RDS")).restoreJobs()).hasSize(2);
    assertThat(backup.listRestoreJobsPaginator(it -> it.maxResults(1)).restoreJobs()).hasSize(2);
    assertThat(backup.listRestoreJobs(it -> it.byStatus("FAILED")).restoreJobs()).isEmpty();
    assertThat(backup.listRestoreJobs(it -> it.byCreatedAfter(Instant.now())).restoreJobs())
        .isEmpty();
  }

  @Test
  void aJobFailsWhenTheNameIsTakenAndWhenItIsToldTheSnapshotTwice() {
    String point = kept("nightly-1", YESTERDAY);
    start(point, named("restored"), "t1");
    later();
    String second = start(point, named("restored"), "t2");
    String told = start(point, named("other", "DBSnapshotIdentifier", point), "t3");
    later();
    assertThat(job(second).status()).isEqualTo(RestoreJobStatus.FAILED);
    assertThat(job(second).statusMessage()).contains("DBInstanceAlreadyExists");
    assertThat(job(second).createdResourceArn()).isNull();
    assertThat(job(told).statusMessage()).contains("DBSnapshotIdentifier");
  }

  @Test
  void aJobFailsWhenAwsFindsNoMachines() {
    String point = kept("nightly-1", YESTERDAY);
    SIMULATOR.tempo().endsAs("RestoreDBInstanceFromDBSnapshot", "insufficient-capacity");
    String job = start(point, named("restored"), "t1");
    later();
    assertThat(job(job).status()).isEqualTo(RestoreJobStatus.RUNNING);
    later();
    assertThat(job(job).status()).isEqualTo(RestoreJobStatus.FAILED);
    assertThat(job(job).statusMessage()).contains("insufficient-capacity");
  }

  @Test
  void onlyACompletedRecoveryPointIsRestored() {
    String snapshot = availableSnapshot("nightly-1").dbSnapshotArn();
    String point = vault.keep(BackupPoint.copyOf(orders, TODAY, snapshot).in("PARTIAL"));
    assertRefused("InvalidRequestException", 400, () -> start(point, named("restored"), "t1"));
    assertRefused(
        "ResourceNotFoundException", 400, () -> start(point + "x", named("restored"), "t1"));
  }

  private String keptCluster() {
    rds.createDBCluster(it ->
        it.dbClusterIdentifier("ledger")
            .engine("aurora-postgresql")
            .engineVersion("16.4")
            .masterUsername("master")
            .masterUserPassword("Passw0rd123"));
    SIMULATOR
        .tempo()
        .instantly(() ->
            rds.createDBClusterSnapshot(
                it -> it.dbClusterIdentifier("ledger").dbClusterSnapshotIdentifier("ledger-1")));
    return vault.keep(
        BackupPoint.copyOf(
            orders.replace("db:orders", "cluster:ledger"),
            TODAY,
            orders.replace("db:orders", "cluster-snapshot:ledger-1")));
  }

  private DBCluster cluster() {
    return west.describeDBClusters(it -> it.dbClusterIdentifier("restored"))
        .dbClusters()
        .getFirst();
  }

  private void addInstance(String name) {
    west.createDBInstance(it ->
        it.dbInstanceIdentifier(name)
            .dbClusterIdentifier("restored")
            .engine("aurora-postgresql")
            .dbInstanceClass("db.serverless"));
  }

  @Test
  void aRestoredClusterHasNoInstanceUntilItIsAvailableAndGetsOne() {
    String point = keptCluster();
    assertThat(point).contains(":cluster-snapshot:awsbackup:copyjob-");
    String job =
        start(
            point,
            Map.of(
                "DBClusterIdentifier",
                "restored",
                "Engine",
                "aurora-postgresql",
                "EngineVersion",
                "16.4"),
            "t1");
    later();
    assertThat(cluster().status()).isEqualTo("creating");
    assertRefused("InvalidDBClusterStateFault", 400, () -> addInstance("restored-1"));
    later();
    assertThat(job(job).status()).isEqualTo(RestoreJobStatus.COMPLETED);
    assertThat(cluster().dbClusterMembers()).isEmpty();
    addInstance("restored-1");
    addInstance("restored-2");
    assertThat(instance(west, "restored-1").dbInstanceStatus()).isEqualTo("creating");
    later();
    assertThat(instance(west, "restored-1").dbInstanceStatus()).isEqualTo("available");
    assertThat(cluster().dbClusterMembers())
        .filteredOn(member -> member.isClusterWriter())
        .singleElement()
        .satisfies(writer -> assertThat(writer.dbInstanceIdentifier()).isEqualTo("restored-1"));
  }

  @Test
  void aClusterIsModifiedInItsTimeAndGoesAfterItsInstances() {
    start(
        keptCluster(),
        Map.of("DBClusterIdentifier", "restored", "Engine", "aurora-postgresql"),
        "t1");
    later();
    assertThat(cluster().status()).isEqualTo("creating");
    later();
    west.modifyDBCluster(it ->
        it.dbClusterIdentifier("restored")
            .backupRetentionPeriod(9)
            .serverlessV2ScalingConfiguration(range -> range.minCapacity(1.0).maxCapacity(4.0))
            .applyImmediately(true));
    assertThat(cluster().status()).isEqualTo("modifying");
    later();
    assertThat(cluster().status()).isEqualTo("available");
    assertThat(cluster().backupRetentionPeriod()).isEqualTo(9);
    assertThat(cluster().serverlessV2ScalingConfiguration().maxCapacity()).isEqualTo(4.0);
    addInstance("restored-1");
    later();
    assertRefused(
        "InvalidDBClusterStateFault",
        400,
        () ->
            west.deleteDBCluster(it -> it.dbClusterIdentifier("restored").skipFinalSnapshot(true)));
    west.deleteDBInstance(it -> it.dbInstanceIdentifier("restored-1").skipFinalSnapshot(true));
    pass(Duration.ofHours(1));
    west.deleteDBCluster(it -> it.dbClusterIdentifier("restored").skipFinalSnapshot(true));
    assertThat(cluster().status()).isEqualTo("deleting");
    pass(Duration.ofHours(1));
    assertRefused("DBClusterNotFoundFault", 404, this::cluster);
  }

  @Test
  void aParameterGroupThatDoesNotExistIsRefusedToWhoNamesIt() {
    assertRefused(
        "DBParameterGroupNotFound",
        404,
        () -> west.describeDBParameterGroups(it -> it.dbParameterGroupName("nobodys")));
    assertRefused(
        "DBParameterGroupNotFound",
        404,
        () ->
            west.describeDBClusterParameterGroups(it -> it.dbClusterParameterGroupName("nobodys")));
  }

  @Test
  void noClusterTakesTheNameOfAnother() {
    String point = keptCluster();
    Map<String, String> metadata =
        Map.of("DBClusterIdentifier", "restored", "Engine", "aurora-postgresql");
    start(point, metadata, "t1");
    later();
    String second = start(point, metadata, "t2");
    later();
    assertThat(job(second).statusMessage()).contains("DBClusterAlreadyExistsFault");
  }

  private static void pass(Duration time) {
    SIMULATOR.tempo().pass(time);
  }
}
