package io.rekindle.action.aws.rds.aurora;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.rds.Archive;
import io.rekindle.action.aws.rds.ClusterStatus;
import io.rekindle.action.aws.rds.Clusters;
import io.rekindle.action.aws.rds.Instances;
import io.rekindle.action.aws.rds.Saved;
import io.rekindle.action.aws.rds.SnapshotMaking;
import io.rekindle.action.aws.rds.State;
import io.rekindle.plan.step.data.AuroraSnapshots;
import io.rekindle.plan.step.data.AuroraSnapshots.Snapshot.Change;
import io.rekindle.plan.step.data.AuroraSnapshots.Snapshot.Outputs;
import io.rekindle.plan.step.data.Databases.Recovered;
import io.rekindle.plan.value.Arn;
import jakarta.inject.Singleton;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DbClusterSnapshotAlreadyExistsException;

@Singleton
final class Snapshot implements ActionHandler<AuroraSnapshots.Snapshot> {
  @Override
  public Class<AuroraSnapshots.Snapshot> declaration() {
    return AuroraSnapshots.Snapshot.class;
  }

  private static SnapshotMaking making(Work<AuroraSnapshots.Snapshot> work) {
    return new SnapshotMaking(
        work,
        ClusterSnapshots.of(work),
        work.with().target().value(),
        work.with().cluster(),
        Saved::database);
  }

  @Override
  public Observation observe(Work<AuroraSnapshots.Snapshot> work) {
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

  private static Optional<String> lack(Work<AuroraSnapshots.Snapshot> work) {
    String id = work.with().cluster();
    String here = work.call().region();
    Optional<DBCluster> cluster = Clusters.of(work).find(id);
    if (cluster.isEmpty()) {
      return Optional.of("the DB cluster %s does not exist in %s".formatted(id, here));
    }
    State state = ClusterStatus.of(cluster.get());
    return state.isBad()
        ? Optional.of("the DB cluster %s in %s %s".formatted(id, here, state.says()))
        : Optional.empty();
  }

  @Override
  public void apply(Work<AuroraSnapshots.Snapshot> work, Due due) {
    if (!due.is(Change.SNAPSHOT) || making(work).find().isPresent()) {
      return;
    }
    try {
      Clusters.of(work)
          .rds()
          .createDBClusterSnapshot(request ->
              request
                  .dbClusterIdentifier(work.with().cluster())
                  .dbClusterSnapshotIdentifier(Archive.nameOf(work, work.with().target().value()))
                  .tags(Instances.tags(work.ownership().tags())));
    } catch (DbClusterSnapshotAlreadyExistsException whoeverMadeItIsFoundByTheNextLook) {
      return;
    }
  }

  @Override
  public void undo(Work<AuroraSnapshots.Snapshot> work) {
    making(work).undo(Change.SNAPSHOT);
  }

  @Override
  public Readiness check(Work<AuroraSnapshots.Snapshot> work) {
    Optional<String> lack = lack(work);
    return new Readiness(
        lack.isEmpty(),
        lack.orElse("a snapshot of the DB cluster " + work.with().cluster() + " can be taken"),
        null);
  }
}
