package io.rekindle.action.aws.rds.aurora;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.rds.Archive;
import io.rekindle.action.aws.rds.Instances;
import io.rekindle.action.aws.rds.Saved;
import io.rekindle.action.aws.rds.SnapshotMaking;
import io.rekindle.action.aws.rds.SnapshotStatus;
import io.rekindle.action.aws.rds.Snapshots;
import io.rekindle.plan.step.data.AuroraSnapshots;
import io.rekindle.plan.step.data.AuroraSnapshots.CopySnapshot.Change;
import io.rekindle.plan.step.data.AuroraSnapshots.CopySnapshot.Outputs;
import io.rekindle.plan.value.Arn;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.CopyDbClusterSnapshotRequest;
import software.amazon.awssdk.services.rds.model.DbClusterSnapshotAlreadyExistsException;

@Singleton
final class CopySnapshot implements ActionHandler<AuroraSnapshots.CopySnapshot> {
  @Override
  public Class<AuroraSnapshots.CopySnapshot> declaration() {
    return AuroraSnapshots.CopySnapshot.class;
  }

  private static SnapshotMaking making(Work<AuroraSnapshots.CopySnapshot> work) {
    return new SnapshotMaking(
        work,
        ClusterSnapshots.of(work),
        work.with().copy().target().value(),
        work.with().copy().source().value(),
        Saved::source);
  }

  @Override
  public Observation observe(Work<AuroraSnapshots.CopySnapshot> work) {
    Optional<Saved> found = making(work).find();
    if (found.isPresent()) {
      return making(work).progress(found.get(), copy -> new Outputs(new Arn(copy.arn())));
    }
    if (work.hasJustMade(Change.COPY)) {
      throw work.underWay("AWS accepted the copy and does not show it yet", Archive.LOOK);
    }
    return making(work).begin(Due.of(Change.COPY));
  }

  @Override
  public void apply(Work<AuroraSnapshots.CopySnapshot> work, Due due) {
    if (!due.is(Change.COPY) || making(work).find().isPresent()) {
      return;
    }
    try {
      ClusterSnapshots.of(work).rds().copyDBClusterSnapshot(request(work));
    } catch (DbClusterSnapshotAlreadyExistsException whoeverMadeItIsFoundByTheNextLook) {
      return;
    }
  }

  /** Only with the source's Region does the SDK sign the request that AWS passes on to it. */
  private static CopyDbClusterSnapshotRequest request(Work<AuroraSnapshots.CopySnapshot> work) {
    Arn source = work.with().copy().source();
    boolean fromElsewhere = !source.region().equals(work.call().region());
    return CopyDbClusterSnapshotRequest.builder()
        .sourceDBClusterSnapshotIdentifier(source.value())
        .targetDBClusterSnapshotIdentifier(
            Archive.nameOf(work, work.with().copy().target().value()))
        .sourceRegion(fromElsewhere ? source.region() : null)
        .kmsKeyId(work.with().copy().kmsKey().value())
        .copyTags(false)
        .tags(Instances.tags(tags(work)))
        .build();
  }

  /** Of a copy AWS does not tell up to when it holds data: that is noted on it. */
  private static Map<String, String> tags(Work<AuroraSnapshots.CopySnapshot> work) {
    Map<String, String> tags = work.ownership().tags();
    tags.put(Snapshots.SOURCE_TAG, work.with().copy().source().value());
    source(work)
        .map(Saved::point)
        .ifPresent(point -> tags.put(Snapshots.POINT_TAG, point.time().toString()));
    return tags;
  }

  private static Optional<Saved> source(Work<AuroraSnapshots.CopySnapshot> work) {
    Arn source = work.with().copy().source();
    RdsClient there = work.clientIn(source.region(), RdsClient.class, RdsClient::builder);
    return new ClusterSnapshots(there).find(source.value());
  }

  @Override
  public void undo(Work<AuroraSnapshots.CopySnapshot> work) {
    making(work).undo(Change.COPY);
  }

  @Override
  public Readiness check(Work<AuroraSnapshots.CopySnapshot> work) {
    Optional<Saved> found = source(work);
    return new Readiness(
        found.map(Saved::status).filter(SnapshotStatus::isUsable).isPresent(),
        "the DB cluster snapshot %s %s"
            .formatted(
                work.with().copy().source(),
                found.map(each -> "is " + each.status().word()).orElse("does not exist")),
        null);
  }
}
