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
import java.util.Optional;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.CopyDbSnapshotRequest;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DbSnapshotAlreadyExistsException;

@Singleton
final class CopySnapshot implements ActionHandler<RdsSnapshots.CopySnapshot> {
  @Override
  public Class<RdsSnapshots.CopySnapshot> declaration() {
    return RdsSnapshots.CopySnapshot.class;
  }

  private static SnapshotMaking making(Work<RdsSnapshots.CopySnapshot> work) {
    return new SnapshotMaking(work, work.with().copy().target().value());
  }

  @Override
  public Observation observe(Work<RdsSnapshots.CopySnapshot> work) {
    Optional<DBSnapshot> found = making(work).find();
    if (found.isPresent()) {
      return making(work).progress(found.get(), CopySnapshot::outputs);
    }
    if (work.hasJustMade(Change.COPY)) {
      throw work.underWay("AWS accepted the copy and does not show it yet", Snapshots.LOOK);
    }
    return Due.of(Change.COPY);
  }

  private static Outputs outputs(DBSnapshot copy) {
    return new Outputs(new Arn(copy.dbSnapshotArn()));
  }

  @Override
  public void apply(Work<RdsSnapshots.CopySnapshot> work, Due due) {
    if (making(work).find().isPresent()) {
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
    return CopyDbSnapshotRequest.builder()
        .sourceDBSnapshotIdentifier(source.value())
        .targetDBSnapshotIdentifier(Snapshots.nameOf(work, work.with().copy().target().value()))
        .sourceRegion(fromElsewhere ? source.region() : null)
        .kmsKeyId(work.with().copy().kmsKey().value())
        .optionGroupName(work.with().optionGroup())
        .copyTags(false)
        .tags(Instances.tags(work.ownership().tags()))
        .build();
  }

  @Override
  public void undo(Work<RdsSnapshots.CopySnapshot> work) {
    making(work).undo();
  }

  @Override
  public Readiness check(Work<RdsSnapshots.CopySnapshot> work) {
    Arn source = work.with().copy().source();
    RdsClient there = work.clientIn(source.region(), RdsClient.class, RdsClient::builder);
    Optional<DBSnapshot> found =
        new Snapshots(there).find(source.resource().replaceFirst("^snapshot:", ""));
    boolean available = found.filter(each -> Snapshots.AVAILABLE.equals(each.status())).isPresent();
    return new Readiness(
        available,
        "the DB snapshot %s %s"
            .formatted(source, found.map(each -> "is " + each.status()).orElse("does not exist")),
        null);
  }
}
