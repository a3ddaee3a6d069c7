package io.rekindle.action.aws.rds;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.RdsSnapshots;
import io.rekindle.plan.step.data.RdsSnapshots.CopySnapshot.Change;
import io.rekindle.plan.step.data.RdsSnapshots.CopySnapshot.Outputs;
import io.rekindle.plan.value.Arn;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.CopyDbSnapshotRequest;
import software.amazon.awssdk.services.rds.model.DbSnapshotAlreadyExistsException;

@Singleton
final class CopySnapshot implements ActionHandler<RdsSnapshots.CopySnapshot> {
  @Override
  public Class<RdsSnapshots.CopySnapshot> declaration() {
    return RdsSnapshots.CopySnapshot.class;
  }

  private static SnapshotMaking making(Work<RdsSnapshots.CopySnapshot> work) {
    return new SnapshotMaking(
        work,
        Snapshots.of(work),
        work.with().copy().target().value(),
        work.with().copy().source().value(),
        Saved::source);
  }

  @Override
  public Observation observe(Work<RdsSnapshots.CopySnapshot> work) {
    Optional<Saved> found = making(work).find();
    if (found.isPresent()) {
      return making(work).progress(found.get(), CopySnapshot::outputs);
    }
    if (work.hasJustMade(Change.COPY)) {
      throw work.underWay("AWS accepted the copy and does not show it yet", Archive.LOOK);
    }
    return making(work).begin(Due.of(Change.COPY));
  }

  private static Outputs outputs(Saved copy) {
    return new Outputs(new Arn(copy.arn()));
  }

  @Override
  public void apply(Work<RdsSnapshots.CopySnapshot> work, Due due) {
    if (!due.is(Change.COPY) || making(work).find().isPresent()) {
      return;
    }
    try {
      Snapshots.of(work).rds().copyDBSnapshot(request(work));
    } catch (DbSnapshotAlreadyExistsException whoeverMadeItIsFoundByTheNextLook) {
      return;
    }
  }

  /** Only with the source's Region does the SDK sign the request that AWS passes on to it. */
  private static CopyDbSnapshotRequest request(Work<RdsSnapshots.CopySnapshot> work) {
    Arn source = work.with().copy().source();
    boolean fromElsewhere = !source.region().equals(work.call().region());
    Map<String, String> tags = work.ownership().tags();
    tags.put(Snapshots.SOURCE_TAG, source.value());
    return CopyDbSnapshotRequest.builder()
        .sourceDBSnapshotIdentifier(source.value())
        .targetDBSnapshotIdentifier(Archive.nameOf(work, work.with().copy().target().value()))
        .sourceRegion(fromElsewhere ? source.region() : null)
        .kmsKeyId(work.with().copy().kmsKey().value())
        .optionGroupName(work.with().optionGroup())
        .copyTags(false)
        .tags(Instances.tags(tags))
        .build();
  }

  @Override
  public void undo(Work<RdsSnapshots.CopySnapshot> work) {
    making(work).undo(Change.COPY);
  }

  @Override
  public Readiness check(Work<RdsSnapshots.CopySnapshot> work) {
    Arn source = work.with().copy().source();
    RdsClient there = work.clientIn(source.region(), RdsClient.class, RdsClient::builder);
    Optional<Saved> found = new Snapshots(there).find(source.value());
    boolean available = found.map(Saved::status).filter(SnapshotStatus::isUsable).isPresent();
    return new Readiness(
        available,
        "the DB snapshot %s %s"
            .formatted(
                source, found.map(each -> "is " + each.status().word()).orElse("does not exist")),
        null);
  }
}
