package io.rekindle.action.aws.rds;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.InstanceStatus;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.Rds;
import io.rekindle.plan.step.data.Rds.StopInstance.Change;
import jakarta.inject.Singleton;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.DBInstance;

@Singleton
final class StopInstance implements ActionHandler<Rds.StopInstance> {
  /** For whoever reads the history. */
  private record Former(String status) {}

  @Override
  public Class<Rds.StopInstance> declaration() {
    return Rds.StopInstance.class;
  }

  @Override
  public Observation observe(Work<Rds.StopInstance> work) {
    String id = work.with().instance();
    Optional<DBInstance> found = Instances.of(work).find(id);
    Optional<String> lack = lack(work, found);
    if (lack.isPresent()) {
      return new Broken(lack.get());
    }
    InstanceStatus status = Instances.statusOf(found.orElseThrow());
    if (status.is(InstanceStatus.STOPPED)) {
      return Settled.of(new Rds.StopInstance.Outputs(id));
    }
    if (status.isUsable()) {
      return Due.of(Change.STOP, new Former(status.word()));
    }
    throw work.underWay("the DB instance " + id + " " + status.says(), Instances.LOOK);
  }

  private static Optional<String> lack(Work<Rds.StopInstance> work, Optional<DBInstance> instance) {
    String it = "the DB instance %s in %s ".formatted(work.with().instance(), work.call().region());
    if (instance.isEmpty()) {
      return Optional.of(it + "does not exist");
    }
    InstanceStatus status = Instances.statusOf(instance.get());
    if (status.is(InstanceStatus.STOPPED)) {
      return Optional.empty();
    }
    if (status.isBad()) {
      return Optional.of(it + status.says());
    }
    return hasReplication(instance.get())
        ? Optional.of(
            it + "is a read replica or has one; AWS does not stop those: isolate it instead")
        : Optional.empty();
  }

  private static boolean hasReplication(DBInstance instance) {
    return instance.readReplicaSourceDBInstanceIdentifier() != null
        || !instance.readReplicaDBInstanceIdentifiers().isEmpty();
  }

  @Override
  public void apply(Work<Rds.StopInstance> work, Due due) {
    Instances instances = Instances.of(work);
    if (instances.find(work.with().instance()).filter(StopInstance::runs).isPresent()) {
      instances
          .rds()
          .stopDBInstance(request -> request.dbInstanceIdentifier(work.with().instance()));
    }
  }

  private static boolean runs(DBInstance instance) {
    return Instances.statusOf(instance).isUsable();
  }

  @Override
  public void undo(Work<Rds.StopInstance> work) {
    Instances instances = Instances.of(work);
    String id = work.with().instance();
    Optional<DBInstance> found = instances.find(id);
    if (work.made(Change.STOP).isEmpty() || found.isEmpty() || runs(found.get())) {
      return;
    }
    if (Instances.statusOf(found.get()).is(InstanceStatus.STOPPED)) {
      instances.rds().startDBInstance(request -> request.dbInstanceIdentifier(id));
    }
    throw work.underWay("the DB instance " + id + " is being started", Instances.LOOK);
  }

  @Override
  public Readiness check(Work<Rds.StopInstance> work) {
    Optional<DBInstance> found = Instances.of(work).find(work.with().instance());
    Optional<String> lack = lack(work, found);
    return new Readiness(
        lack.isEmpty(),
        lack.orElseGet(() ->
            "the DB instance %s is '%s'"
                .formatted(work.with().instance(), found.orElseThrow().dbInstanceStatus())),
        null);
  }
}
