package io.rekindle.action.aws.rds;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Foreign;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.aws.Ownership;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.Action;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.rds.model.DBSnapshot;

/**
 * What the kinds that make a snapshot have in common.
 *
 * @param source what it is made from
 * @param sourceOf what a snapshot was made from
 */
record SnapshotMaking(
    Work<?> work, String target, String source, Function<DBSnapshot, String> sourceOf) {

  Optional<DBSnapshot> find() {
    return Snapshots.of(work)
        .find(Adoption.in(work).orElseGet(() -> Snapshots.nameOf(work, target)));
  }

  /** What to do when there is none. */
  Observation begin(Due making) {
    Optional<String> adopted = Adoption.in(work);
    if (adopted.isPresent()) {
      return new Broken(
          "the DB snapshot %s in %s, which this step took over, is gone: start over (retry --anew)"
              .formatted(adopted.get(), work.call().region()));
    }
    return work.call().adopt() ? adopting(making) : making;
  }

  private Observation adopting(Due making) {
    List<DBSnapshot> left = Snapshots.of(work).left(work.ownership());
    Optional<DBSnapshot> fitting =
        left.stream().filter(each -> source.equals(sourceOf.apply(each))).findFirst();
    if (fitting.isPresent()) {
      return new Adoption(fitting.get().dbSnapshotIdentifier()).due();
    }
    return left.isEmpty()
        ? making
        : new Broken(
            "the DB snapshot %s in %s, which an earlier run left, was not made from %s: start over (retry --anew)"
                .formatted(left.getFirst().dbSnapshotIdentifier(), work.call().region(), source));
  }

  /** How far it is, when there is one. */
  Observation progress(DBSnapshot snapshot, Function<DBSnapshot, Action.Outputs> outputs) {
    String id = snapshot.dbSnapshotIdentifier();
    Map<String, String> tags = Instances.tags(snapshot.tagList());
    if (!work.ownership().owns(tags)) {
      return new Foreign("the DB snapshot " + id + ": " + Ownership.ownerOf(tags));
    }
    SnapshotStatus status = SnapshotStatus.of(snapshot);
    if (status.isUsable()) {
      return Settled.of(outputs.apply(snapshot));
    }
    if (status.isBad()) {
      return new Broken(
          "the DB snapshot %s in %s %s: start over (retry --anew)"
              .formatted(id, work.call().region(), status.says()));
    }
    throw work.underWay(
        "the DB snapshot %s %s, %s %% done"
            .formatted(id, status.says(), snapshot.percentProgress()),
        Snapshots.LOOK);
  }

  void undo(Action.Change making) {
    Adoption.andMade(work, Snapshots.nameOf(work, target), making).stream()
        .flatMap(name -> Snapshots.of(work).find(name).stream())
        .findFirst()
        .ifPresent(this::remove);
  }

  private void remove(DBSnapshot snapshot) {
    String id = snapshot.dbSnapshotIdentifier();
    Map<String, String> tags = Instances.tags(snapshot.tagList());
    if (!work.ownership().owns(tags)) {
      throw work.refused(
          "the DB snapshot %s in %s is not deleted: %s"
              .formatted(id, work.call().region(), Ownership.ownerOf(tags)));
    }
    Snapshots.of(work).rds().deleteDBSnapshot(request -> request.dbSnapshotIdentifier(id));
    throw work.underWay("the DB snapshot " + id + " is being deleted", Snapshots.LOOK);
  }
}
