package io.rekindle.action.aws.rds.backup;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.rds.Instances;
import io.rekindle.action.aws.rds.ParameterGroups;
import io.rekindle.plan.step.data.Backup;
import io.rekindle.plan.step.data.Backup.Restore.Change;
import io.rekindle.plan.step.data.Databases.Recovered;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBParameterGroupStatus;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/** What a restored DB instance still lacks. */
record InstanceSettings(Work<Backup.Restore> work, DBInstance instance) {

  Observation settle(Recovered recovered) {
    if (!isConfigured()) {
      return Due.of(Change.CONFIGURE);
    }
    Optional<Observation> groups = new ParameterGroups(work, instance).due();
    if (groups.isPresent()) {
      return groups.get();
    }
    String id = instance.dbInstanceIdentifier();
    if (instance.endpoint() == null) {
      throw work.underWay("the DB instance " + id + " has no endpoint yet", Instances.LOOK);
    }
    return Settled.of(new Backup.Restore.Outputs(id, "", Instances.addressOf(instance), recovered));
  }

  private boolean isConfigured() {
    return hasItsGroups() && Instances.keepsBackups(work, instance, work.with().backupRetention());
  }

  private boolean hasItsGroups() {
    Set<String> groups =
        instance.vpcSecurityGroups().stream()
            .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
            .collect(Collectors.toSet());
    return groups.equals(new HashSet<>(work.with().network().securityGroups()))
        && instance.dbParameterGroups().stream()
            .map(DBParameterGroupStatus::dbParameterGroupName)
            .anyMatch(work.with().parameterGroup()::equals);
  }

  void apply(Due due) {
    if (due.is(Change.CONFIGURE) && !isConfigured()) {
      configure();
    }
    new ParameterGroups(work, instance).apply(due);
  }

  private void configure() {
    Instances.of(work)
        .rds()
        .modifyDBInstance(request ->
            request
                .dbInstanceIdentifier(instance.dbInstanceIdentifier())
                .backupRetentionPeriod(work.with().backupRetention())
                .vpcSecurityGroupIds(work.with().network().securityGroups())
                .dbParameterGroupName(hasItsGroups() ? null : work.with().parameterGroup())
                .applyImmediately(true));
  }
}
