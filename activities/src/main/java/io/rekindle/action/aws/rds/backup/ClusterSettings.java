package io.rekindle.action.aws.rds.backup;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.rds.Instances;
import io.rekindle.action.aws.rds.Members;
import io.rekindle.plan.step.data.Backup;
import io.rekindle.plan.step.data.Backup.Restore.Change;
import io.rekindle.plan.step.data.Databases.Capacity;
import io.rekindle.plan.step.data.Databases.InstanceAddress;
import io.rekindle.plan.step.data.Databases.Recovered;
import io.rekindle.plan.value.Arn;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.ServerlessV2ScalingConfigurationInfo;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/**
 * What a restored Aurora cluster still lacks; its instances above all, without which it accepts no
 * connection.
 */
record ClusterSettings(Work<Backup.Restore> work, DBCluster cluster) {

  private Members members() {
    return members(work, cluster);
  }

  static Members members(Work<Backup.Restore> work, DBCluster cluster) {
    Backup.Restore with = work.with();
    return new Members(
        work,
        cluster,
        new Members.Wanted(
            Change.INSTANCES, with.instances(), with.classes(), with.parameterGroup()));
  }

  Observation settle(Recovered recovered) {
    if (!isConfigured()) {
      return Due.of(Change.CONFIGURE);
    }
    if (!scales()) {
      return Due.of(Change.CAPACITY);
    }
    Members members = members();
    Optional<Observation> lacking = members.due();
    return lacking.orElseGet(() -> settled(members.writer(), recovered));
  }

  /** Its own host name leads to the writer, also when that is another one day. */
  private Observation settled(DBInstance writer, Recovered recovered) {
    return Settled.of(
        new Backup.Restore.Outputs(
            writer.dbInstanceIdentifier(),
            cluster.dbClusterIdentifier(),
            new InstanceAddress(
                cluster.endpoint(), new Arn(writer.dbInstanceArn()), cluster.port()),
            recovered));
  }

  private boolean isConfigured() {
    return hasItsGroups()
        && Integer.valueOf(work.with().backupRetention()).equals(cluster.backupRetentionPeriod());
  }

  private boolean hasItsGroups() {
    Set<String> groups =
        cluster.vpcSecurityGroups().stream()
            .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
            .collect(Collectors.toSet());
    return groups.equals(new HashSet<>(work.with().network().securityGroups()))
        && String.valueOf(work.with().clusterParameterGroup())
            .equals(cluster.dbClusterParameterGroup());
  }

  private boolean scales() {
    Capacity wanted = work.with().capacity();
    ServerlessV2ScalingConfigurationInfo now = cluster.serverlessV2ScalingConfiguration();
    return wanted == null
        || now != null
            && Double.valueOf(wanted.min().doubleValue()).equals(now.minCapacity())
            && Double.valueOf(wanted.max().doubleValue()).equals(now.maxCapacity());
  }

  void apply(Due due) {
    if (due.is(Change.CONFIGURE) && !isConfigured()) {
      configure();
    }
    Capacity capacity = work.with().capacity();
    if (due.is(Change.CAPACITY) && capacity != null && !scales()) {
      scale(capacity);
    }
    members().apply(due);
  }

  private RdsClient rds() {
    return Instances.of(work).rds();
  }

  private void configure() {
    rds()
        .modifyDBCluster(request ->
            request
                .dbClusterIdentifier(cluster.dbClusterIdentifier())
                .backupRetentionPeriod(work.with().backupRetention())
                .vpcSecurityGroupIds(work.with().network().securityGroups())
                .dbClusterParameterGroupName(
                    hasItsGroups() ? null : work.with().clusterParameterGroup())
                .applyImmediately(true));
  }

  private void scale(Capacity wanted) {
    rds()
        .modifyDBCluster(request ->
            request
                .dbClusterIdentifier(cluster.dbClusterIdentifier())
                .serverlessV2ScalingConfiguration(range ->
                    range
                        .minCapacity(wanted.min().doubleValue())
                        .maxCapacity(wanted.max().doubleValue()))
                .applyImmediately(true));
  }
}
