package io.rekindle.action.aws.rds.aurora;

import io.rekindle.action.aws.rds.Clusters;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.Tag;

/** What stands of Aurora in one Region before a step begins, and after. */
record AuroraWorld(RdsClient rds) {

  void cluster(String id, Tag... tags) {
    rds.createDBCluster(request ->
        request
            .dbClusterIdentifier(id)
            .engine("aurora-postgresql")
            .engineVersion("16.4")
            .masterUsername("master")
            .masterUserPassword("first-password")
            .backupRetentionPeriod(3)
            .storageEncrypted(true)
            .vpcSecurityGroupIds("sg-0old")
            .tags(tags));
  }

  void inGlobal(String global, String id, Tag... tags) {
    rds.createGlobalCluster(request ->
        request.globalClusterIdentifier(global).engine("aurora-postgresql").engineVersion("16.4"));
    rds.createDBCluster(request ->
        request
            .globalClusterIdentifier(global)
            .dbClusterIdentifier(id)
            .engine("aurora-postgresql")
            .engineVersion("16.4")
            .masterUsername("master")
            .masterUserPassword("first-password")
            .tags(tags));
  }

  void instance(String cluster, String id, Tag... tags) {
    rds.createDBInstance(request ->
        request
            .dbInstanceIdentifier(id)
            .dbClusterIdentifier(cluster)
            .engine("aurora-postgresql")
            .dbInstanceClass("db.serverless")
            .tags(tags));
  }

  DBClusterSnapshot snapshot(String cluster, String id, Tag... tags) {
    return rds.createDBClusterSnapshot(request ->
            request.dbClusterIdentifier(cluster).dbClusterSnapshotIdentifier(id).tags(tags))
        .dbClusterSnapshot();
  }

  void copyFrom(DBClusterSnapshot source, String id, String key, Tag... tags) {
    rds.copyDBClusterSnapshot(request ->
        request
            .sourceDBClusterSnapshotIdentifier(source.dbClusterSnapshotArn())
            .targetDBClusterSnapshotIdentifier(id)
            .sourceRegion(source.dbClusterSnapshotArn().split(":", 5)[3])
            .kmsKeyId(key)
            .tags(tags));
  }

  void surroundings(Ec2Client ec2) {
    rds.createDBSubnetGroup(request ->
        request
            .dbSubnetGroupName("dr")
            .dbSubnetGroupDescription("for tests")
            .subnetIds(ec2.describeSubnets().subnets().getFirst().subnetId()));
    rds.createDBParameterGroup(request ->
        request
            .dbParameterGroupName("own")
            .dbParameterGroupFamily("aurora-postgresql16")
            .description("for tests"));
    rds.createDBClusterParameterGroup(request ->
        request
            .dbClusterParameterGroupName("own-cluster")
            .dbParameterGroupFamily("aurora-postgresql16")
            .description("for tests"));
  }

  DBCluster look(String id) {
    return find(id).orElseThrow();
  }

  Optional<DBCluster> find(String id) {
    return new Clusters(rds).find(id);
  }

  DBInstance member(String id) {
    return rds.describeDBInstances(request -> request.dbInstanceIdentifier(id))
        .dbInstances()
        .getFirst();
  }

  boolean hasMember(String id) {
    try {
      member(id);
      return true;
    } catch (DbInstanceNotFoundException none) {
      return false;
    }
  }

  void remove(String member) {
    rds.deleteDBInstance(request -> request.dbInstanceIdentifier(member).skipFinalSnapshot(true));
  }

  List<DBClusterSnapshot> snapshots() {
    return rds.describeDBClusterSnapshots(request -> request.snapshotType("manual"))
        .dbClusterSnapshots();
  }

  static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
