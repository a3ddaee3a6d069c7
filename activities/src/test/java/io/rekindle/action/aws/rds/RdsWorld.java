package io.rekindle.action.aws.rds;

import java.util.List;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.Tag;

/** What stands in one Region before a step begins, and after. */
record RdsWorld(RdsClient rds) {

  DBInstance instance(String id, Tag... tags) {
    return rds.createDBInstance(request ->
            request
                .dbInstanceIdentifier(id)
                .engine("mysql")
                .dbInstanceClass("db.t3.micro")
                .allocatedStorage(20)
                .masterUsername("admin")
                .masterUserPassword("first-password")
                .vpcSecurityGroupIds("sg-0old")
                .tags(tags))
        .dbInstance();
  }

  void postgres(String id, boolean encrypted) {
    rds.createDBInstance(request ->
        request
            .dbInstanceIdentifier(id)
            .engine("postgres")
            .engineVersion("16.9")
            .dbInstanceClass("db.t3.micro")
            .allocatedStorage(20)
            .masterUsername("orders")
            .masterUserPassword("first-password")
            .backupRetentionPeriod(7)
            .storageEncrypted(encrypted)
            .vpcSecurityGroupIds("sg-0old"));
  }

  DBSnapshot snapshot(String instance, String id) {
    return rds.createDBSnapshot(
            request -> request.dbInstanceIdentifier(instance).dbSnapshotIdentifier(id))
        .dbSnapshot();
  }

  void groups(String subnet, String subnetGroup, String parameterGroup) {
    rds.createDBSubnetGroup(request ->
        request
            .dbSubnetGroupName(subnetGroup)
            .dbSubnetGroupDescription("for tests")
            .subnetIds(subnet));
    rds.createDBParameterGroup(request ->
        request
            .dbParameterGroupName(parameterGroup)
            .dbParameterGroupFamily("mysql8.0")
            .description("for tests"));
  }

  DBInstance look(String id) {
    return rds.describeDBInstances(request -> request.dbInstanceIdentifier(id))
        .dbInstances()
        .getFirst();
  }

  boolean has(String id) {
    try {
      look(id);
      return true;
    } catch (DbInstanceNotFoundException none) {
      return false;
    }
  }

  List<DBSnapshot> snapshots() {
    return rds.describeDBSnapshots(request -> request.snapshotType("manual")).dbSnapshots();
  }
}
