package io.rekindle.action.aws.rds;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.InstanceStatus;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.Databases.Recovered;
import io.rekindle.plan.step.data.RdsSnapshots;
import io.rekindle.plan.step.data.RdsSnapshots.Snapshot.Change;
import io.rekindle.plan.step.data.RdsSnapshots.Snapshot.Outputs;
import io.rekindle.plan.value.Arn;
import jakarta.inject.Singleton;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbSnapshotAlreadyExistsException;

@Singleton
final class Snapshot implements ActionHandler<RdsSnapshots.Snapshot> {
  @Override
  public Class<RdsSnapshots.Snapshot> declaration() {
    return RdsSnapshots.Snapshot.class;
  }

  private static SnapshotMaking making(Work<RdsSnapshots.Snapshot> work) {
    return new SnapshotMaking(
        work,
        Snapshots.of(work),
        work.with().target().value(),
        work.with().instance(),
        Saved::database);
  }

  @Override
  public Observation observe(Work<RdsSnapshots.Snapshot> work) {
    Optional<Saved> found = making(work).find();
    if (found.isPresent()) {
      return making(work).progress(found.get(), Snapshot::outputs);
    }
    if (work.hasJustMade(Change.SNAPSHOT)) {
      throw work.underWay("AWS accepted the snapshot and does not show it yet", Archive.LOOK);
    }
    Optional<String> lack = lack(work);
    return lack.isPresent() ? new Broken(lack.get()) : making(work).begin(Due.of(Change.SNAPSHOT));
  }

  private static Outputs outputs(Saved snapshot) {
    return new Outputs(new Arn(snapshot.arn()), new Recovered(snapshot.time()));
  }

  private static Optional<String> lack(Work<RdsSnapshots.Snapshot> work) {
    String id = work.with().instance();
    String here = work.call().region();
    Optional<DBInstance> instance = Instances.of(work).find(id);
    if (instance.isEmpty()) {
      return Optional.of("the DB instance %s does not exist in %s".formatted(id, here));
    }
    InstanceStatus status = Instances.statusOf(instance.get());
    return status.isBad()
        ? Optional.of("the DB instance %s in %s %s".formatted(id, here, status.says()))
        : Optional.empty();
  }

  @Override
  public void apply(Work<RdsSnapshots.Snapshot> work, Due due) {
    if (!due.is(Change.SNAPSHOT) || making(work).find().isPresent()) {
      return;
    }
    try {
      Snapshots.of(work)
          .rds()
          .createDBSnapshot(request ->
              request
                  .dbInstanceIdentifier(work.with().instance())
                  .dbSnapshotIdentifier(Archive.nameOf(work, work.with().target().value()))
                  .tags(Instances.tags(work.ownership().tags())));
    } catch (DbSnapshotAlreadyExistsException whoeverMadeItIsFoundByTheNextLook) {
      return;
    }
  }

  @Override
  public void undo(Work<RdsSnapshots.Snapshot> work) {
    making(work).undo(Change.SNAPSHOT);
  }

  @Override
  public Readiness check(Work<RdsSnapshots.Snapshot> work) {
    Optional<String> lack = lack(work);
    return new Readiness(
        lack.isEmpty(),
        lack.orElse("a snapshot of the DB instance " + work.with().instance() + " can be taken"),
        null);
  }
}
