package io.rekindle.action.aws.rds;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Foreign;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.Ownership;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.Action;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.rds.model.DBSnapshot;

/** What the kinds that make a snapshot have in common. */
record SnapshotMaking(Work<?> work, String target) {

  Optional<DBSnapshot> find() {
    return Snapshots.of(work).ours(work, target);
  }

  /** How far it is, when there is one. */
  Observation progress(DBSnapshot snapshot, Function<DBSnapshot, Action.Outputs> outputs) {
    String id = snapshot.dbSnapshotIdentifier();
    Map<String, String> tags = Instances.tags(snapshot.tagList());
    if (!work.ownership().owns(tags)) {
      return new Foreign("the DB snapshot " + id + ": " + Ownership.ownerOf(tags));
    }
    String status = String.valueOf(snapshot.status());
    return switch (status) {
      case Snapshots.AVAILABLE -> Settled.of(outputs.apply(snapshot));
      case "failed", "incompatible-restore", "incompatible-network", "deleting" ->
          new Broken(
              "the DB snapshot %s in %s is '%s': start over (retry --anew)"
                  .formatted(id, work.call().region(), status));
      default ->
          throw work.underWay(
              "the DB snapshot %s is '%s', %s %% done"
                  .formatted(id, status, snapshot.percentProgress()),
              Snapshots.LOOK);
    };
  }

  void undo() {
    Optional<DBSnapshot> found = find();
    if (found.isEmpty()) {
      return;
    }
    String id = found.get().dbSnapshotIdentifier();
    Map<String, String> tags = Instances.tags(found.get().tagList());
    if (!work.ownership().owns(tags)) {
      throw work.refused(
          "the DB snapshot %s in %s is not deleted: %s"
              .formatted(id, work.call().region(), Ownership.ownerOf(tags)));
    }
    Snapshots.of(work).rds().deleteDBSnapshot(request -> request.dbSnapshotIdentifier(id));
    throw work.underWay("the DB snapshot " + id + " is being deleted", Snapshots.LOOK);
  }
}
