package io.rekindle.action.aws.rds.backup;

import io.rekindle.action.aws.SimulatedAws;
import io.rekindle.simulator.fake.BackupPoint;
import io.rekindle.simulator.fake.BackupVault;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.RestoreJobsListMember;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.Tag;

/** Databases there, recovery points of them in a vault here, and what a restore needs here. */
record BackupWorld(RdsClient there, RdsClient here, Ec2Client ec2, BackupClient backup) {
  private static final String ARN = "arn:aws:rds:us-east-2:123456789012:";
  static final String ORDERS = ARN + "db:orders";
  static final String LEDGER = ARN + "cluster:ledger";

  static final String ROLE = "arn:aws:iam::123456789012:role/restore";

  /** When it was saved: some time ago, in whole seconds. */
  static final Instant SAVED = Instant.now().minusSeconds(600).truncatedTo(ChronoUnit.SECONDS);

  static final String OF_RDS =
      """
      { vault: 'orders-dr', recoveryPoint: { latestCopyOf: '%s' }, restoreRole: '%s',
        target: 'orders', class: ['db.t3.micro', 'db.t3.small'], subnetGroup: 'dr',
        securityGroups: 'sg-0dr', parameterGroup: 'own', backupRetention: 14 }
      """
          .formatted(ORDERS, ROLE);

  static final String OF_AURORA =
      """
      { vault: 'orders-dr', recoveryPoint: { latestCopyOf: '%s' }, restoreRole: '%s',
        target: 'ledger', class: ['db.serverless', 'db.r6g.large'], capacity: { min: 2, max: 8 },
        subnetGroup: 'dr', securityGroups: 'sg-0dr', parameterGroup: 'own',
        clusterParameterGroup: 'own-cluster' }
      """
          .formatted(LEDGER, ROLE);

  BackupVault vault() {
    return SimulatedAws.aws().vault("us-west-2", "orders-dr");
  }

  void plant() {
    plantInstance();
    keep("nightly-1", SAVED);
    surroundings();
  }

  void plantInstance() {
    there.createDBInstance(request ->
        request
            .dbInstanceIdentifier("orders")
            .engine("mysql")
            .dbInstanceClass("db.m5.large")
            .allocatedStorage(400)
            .storageType("io1")
            .iops(4000)
            .port(3307)
            .masterUsername("admin")
            .masterUserPassword("first-password")
            .vpcSecurityGroupIds("sg-0old"));
  }

  void plantCluster() {
    there.createDBCluster(request ->
        request
            .dbClusterIdentifier("ledger")
            .engine("aurora-postgresql")
            .engineVersion("16.4")
            .masterUsername("master")
            .masterUserPassword("first-password"));
    there.createDBClusterSnapshot(
        request -> request.dbClusterIdentifier("ledger").dbClusterSnapshotIdentifier("nightly-1"));
    vault().keep(BackupPoint.copyOf(LEDGER, SAVED, ARN + "cluster-snapshot:nightly-1"));
    surroundings();
    here.createDBClusterParameterGroup(request ->
        request
            .dbClusterParameterGroupName("own-cluster")
            .dbParameterGroupFamily("aurora-postgresql16")
            .description("for tests"));
  }

  private void surroundings() {
    here.createDBSubnetGroup(request ->
        request
            .dbSubnetGroupName("dr")
            .dbSubnetGroupDescription("for tests")
            .subnetIds(ec2.describeSubnets().subnets().getFirst().subnetId()));
    here.createDBParameterGroup(request ->
        request
            .dbParameterGroupName("own")
            .dbParameterGroupFamily("mysql8.0")
            .description("for tests"));
  }

  /** Gives the ARN of the recovery point. */
  String keep(String snapshot, Instant saved) {
    return vault().keep(point(snapshot, saved));
  }

  BackupPoint point(String snapshot, Instant saved) {
    String arn =
        there
            .createDBSnapshot(
                request -> request.dbInstanceIdentifier("orders").dbSnapshotIdentifier(snapshot))
            .dbSnapshot()
            .dbSnapshotArn();
    return BackupPoint.copyOf(ORDERS, saved, arn);
  }

  /** As if the database were one that an earlier run had restored. */
  void tagSource(String key, String value) {
    there.addTagsToResource(
        request -> request.resourceName(ORDERS).tags(Tag.builder().key(key).value(value).build()));
  }

  DBInstance instance(String name) {
    return here.describeDBInstances(request -> request.dbInstanceIdentifier(name))
        .dbInstances()
        .getFirst();
  }

  DBCluster cluster(String name) {
    return here.describeDBClusters(request -> request.dbClusterIdentifier(name))
        .dbClusters()
        .getFirst();
  }

  boolean has(String name) {
    try {
      instance(name);
      return true;
    } catch (DbInstanceNotFoundException none) {
      return false;
    }
  }

  boolean hasCluster(String name) {
    try {
      cluster(name);
      return true;
    } catch (DbClusterNotFoundException none) {
      return false;
    }
  }

  List<RestoreJobsListMember> jobs() {
    return backup.listRestoreJobs(request -> {}).restoreJobs();
  }
}
