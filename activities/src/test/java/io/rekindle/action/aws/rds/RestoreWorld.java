package io.rekindle.action.aws.rds;

import software.amazon.awssdk.services.ec2.Ec2Client;

/** A database there, copies of its snapshots here, and what a restore needs here. */
record RestoreWorld(RdsWorld there, RdsWorld here, Ec2Client ec2) {
  static final String WITH =
      """
      { snapshot: { latestCopyOf: 'orders' }, target: 'orders', class: ['db.t3.micro', 'db.t3.small'],
        subnetGroup: 'dr', securityGroups: 'sg-0dr', parameterGroup: 'orders-mysql8', backupRetention: 14 }
      """;

  void plant() {
    there.instance("orders");
    copy("nightly-1");
    here.groups(ec2.describeSubnets().subnets().getFirst().subnetId(), "dr", "orders-mysql8");
  }

  void copy(String id) {
    copy("orders", id);
  }

  void copy(String instance, String id) {
    String source = there.snapshot(instance, id).dbSnapshotArn();
    here.rds()
        .copyDBSnapshot(request ->
            request
                .sourceDBSnapshotIdentifier(source)
                .targetDBSnapshotIdentifier(id)
                .sourceRegion("us-east-2"));
  }
}
