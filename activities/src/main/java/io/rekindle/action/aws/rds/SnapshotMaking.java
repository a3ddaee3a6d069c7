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

/**
 * What the kinds that make a snapshot have in common.
 *
 * @param source what it is made from
 * @param sourceOf what a snapshot was made from
 */
public record SnapshotMaking(
    Work<?> work, Archive archive, String target, String source, Function<Saved, String> sourceOf) {

  public Optional<Saved> find() {
    return archive.find(Adoption.in(work).orElseGet(() -> Archive.nameOf(work, target)));
  }

  /** What to do when there is none. */
  public Observation begin(Due making) {
    Optional<String> adopted = Adoption.in(work);
    if (adopted.isPresent()) {
      return new Broken(
          "the %s %s in %s, which this step took over, is gone: start over (retry --anew)"
              .formatted(archive.noun(), adopted.get(), work.call().region()));
    }
    return work.call().adopt() ? adopting(making) : making;
  }

  private Observation adopting(Due making) {
    List<Saved> left = archive.left(work.ownership());
    Optional<Saved> fitting =
        left.stream().filter(each -> source.equals(sourceOf.apply(each))).findFirst();
    if (fitting.isPresent()) {
      return new Adoption(fitting.get().name()).due();
    }
    return left.isEmpty()
        ? making
        : new Broken(
            "the %s %s in %s, which an earlier run left, was not made from %s: start over (retry --anew)"
                .formatted(archive.noun(), left.getFirst().name(), work.call().region(), source));
  }

  /** How far it is, when there is one. */
  public Observation progress(Saved snapshot, Function<Saved, Action.Outputs> outputs) {
    String id = snapshot.name();
    Map<String, String> tags = snapshot.tags();
    if (!work.ownership().owns(tags)) {
      return new Foreign("the " + archive.noun() + " " + id + ": " + Ownership.ownerOf(tags));
    }
    SnapshotStatus status = snapshot.status();
    if (status.isUsable()) {
      return Settled.of(outputs.apply(snapshot));
    }
    if (status.isBad()) {
      return new Broken(
          "the %s %s in %s %s: start over (retry --anew)"
              .formatted(archive.noun(), id, work.call().region(), status.says()));
    }
    throw work.underWay(
        "the %s %s %s, %s %% done".formatted(archive.noun(), id, status.says(), snapshot.percent()),
        Archive.LOOK);
  }

  public void undo(Action.Change making) {
    Adoption.andMade(work, Archive.nameOf(work, target), making).stream()
        .flatMap(name -> archive.find(name).stream())
        .findFirst()
        .ifPresent(this::remove);
  }

  private void remove(Saved snapshot) {
    String id = snapshot.name();
    Map<String, String> tags = snapshot.tags();
    if (!work.ownership().owns(tags)) {
      throw work.refused(
          "the %s %s in %s is not deleted: %s"
              .formatted(archive.noun(), id, work.call().region(), Ownership.ownerOf(tags)));
    }
    archive.delete(id);
    throw work.underWay("the " + archive.noun() + " " + id + " is being deleted", Archive.LOOK);
  }
}
