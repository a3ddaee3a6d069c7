package io.rekindle.action.aws.rds;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Foreign;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.Readiness.RecoveryPoint;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.InstanceStatus;
import io.rekindle.action.aws.Ownership;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.rds.Restoration.Agreed;
import io.rekindle.plan.step.data.Databases.Recovered;
import io.rekindle.plan.step.data.Rds;
import io.rekindle.plan.step.data.Rds.RestoreInstance.Change;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.DBInstance;

@Singleton
final class RestoreInstance implements ActionHandler<Rds.RestoreInstance> {
  private static final Adoption.Words WORDS =
      new Adoption.Words("DB instance", "snapshot", "snapshot");

  private record Retention(int backupRetention) {}

  @Override
  public Class<Rds.RestoreInstance> declaration() {
    return Rds.RestoreInstance.class;
  }

  @Override
  public Observation observe(Work<Rds.RestoreInstance> work) {
    Optional<DBInstance> found = find(work);
    if (found.isPresent()) {
      return progress(work, found.get());
    }
    Optional<String> adopted = Adoption.in(work);
    if (adopted.isPresent()) {
      return Adoption.gone(work, WORDS.made(), adopted.get());
    }
    if (work.hasJustMade(Change.RESTORE)) {
      throw work.underWay("AWS accepted the restore and does not show it yet", Instances.LOOK);
    }
    return switch (ChosenSnapshot.of(work, Snapshots.of(work), work.with().snapshot())) {
      case ChosenSnapshot.None none -> new Broken(none.why());
      case ChosenSnapshot.Found chosen ->
          work.call().adopt() ? adopting(work, chosen.point()) : restoring(work, chosen.point());
    };
  }

  private static Due restoring(Work<Rds.RestoreInstance> work, RecoveryPoint point) {
    String first = new Restoration(work).first();
    return Due.of(Change.RESTORE, new Agreed(point.id(), point.time(), first));
  }

  private static Observation adopting(Work<Rds.RestoreInstance> work, RecoveryPoint agreed) {
    List<Adoption.Left> left =
        Instances.of(work).left(work.ownership()).stream()
            .map(each ->
                new Adoption.Left(each.dbInstanceIdentifier(), Restoration.snapshotOf(each)))
            .toList();
    return Adoption.of(work, WORDS, left, agreed.id(), restoring(work, agreed));
  }

  private static Optional<DBInstance> find(Work<Rds.RestoreInstance> work) {
    String own = Instances.nameOf(work, work.with().target().value());
    return Instances.of(work).find(Adoption.in(work).orElse(own));
  }

  private static Observation progress(Work<Rds.RestoreInstance> work, DBInstance instance) {
    String id = instance.dbInstanceIdentifier();
    if (!work.ownership().owns(Instances.tags(instance))) {
      return new Foreign(
          "the DB instance " + id + ": " + Ownership.ownerOf(Instances.tags(instance)));
    }
    InstanceStatus status = Instances.statusOf(instance);
    if (status.isUsable()) {
      return settings(work, instance);
    }
    Optional<Agreed> another = new Restoration(work).another(instance);
    if (another.isPresent()) {
      return Due.of(Change.RESTORE, another.get());
    }
    if (status.isBad()) {
      return new Broken(
          "the DB instance %s in %s %s. Fix it and retry, or start over (retry --anew)"
              .formatted(id, work.call().region(), status.says()));
    }
    throw work.underWay("the DB instance " + id + " " + status.says(), Instances.LOOK);
  }

  private static Observation settings(Work<Rds.RestoreInstance> work, DBInstance instance) {
    Optional<Due> tags = new OwnTags(work, instance).due();
    if (tags.isPresent()) {
      return tags.get();
    }
    if (!hasItsBackups(work, instance)) {
      return Due.of(Change.BACKUPS, new Retention(instance.backupRetentionPeriod()));
    }
    return lacksProtection(work, instance) ? Due.of(Change.PROTECT) : restored(work, instance);
  }

  private static boolean lacksProtection(Work<Rds.RestoreInstance> work, DBInstance instance) {
    return work.with().deletionProtection()
        && !work.call().drill()
        && !Instances.isProtected(instance);
  }

  private static boolean hasItsBackups(Work<Rds.RestoreInstance> work, DBInstance instance) {
    Integer wanted = work.with().backupRetention();
    return wanted == null || Instances.keepsBackups(work, instance, wanted);
  }

  private static Observation restored(Work<Rds.RestoreInstance> work, DBInstance instance) {
    String id = instance.dbInstanceIdentifier();
    Optional<Observation> groups = new ParameterGroups(work, instance).due();
    if (groups.isPresent()) {
      return groups.get();
    }
    if (instance.endpoint() == null) {
      throw work.underWay("the DB instance " + id + " has no endpoint yet", Instances.LOOK);
    }
    return Settled.of(
        new Rds.RestoreInstance.Outputs(
            id,
            Instances.addressOf(instance),
            new Recovered(Restoration.recoveryPointOf(instance).orElse(null))));
  }

  @Override
  public void apply(Work<Rds.RestoreInstance> work, Due due) {
    Instances instances = Instances.of(work);
    Optional<DBInstance> found = find(work);
    if (due.is(Change.RESTORE)) {
      new Restoration(work).apply(due.before(Agreed.class), found);
    }
    if (due.is(Change.BACKUPS) && found.isPresent() && !hasItsBackups(work, found.get())) {
      instances
          .rds()
          .modifyDBInstance(request ->
              request
                  .dbInstanceIdentifier(found.get().dbInstanceIdentifier())
                  .backupRetentionPeriod(work.with().backupRetention())
                  .applyImmediately(true));
    }
    found.ifPresent(instance -> new OwnTags(work, instance).apply(due));
    found.ifPresent(instance -> new ParameterGroups(work, instance).apply(due));
    if (due.is(Change.PROTECT) && found.filter(each -> lacksProtection(work, each)).isPresent()) {
      instances.protect(found.get(), true);
    }
  }

  @Override
  public void undo(Work<Rds.RestoreInstance> work) {
    madeOrAdopted(work).stream()
        .flatMap(name -> Instances.of(work).find(name).stream())
        .findFirst()
        .ifPresent(instance -> remove(work, instance));
  }

  @Override
  public Optional<String> kept(Work<Rds.RestoreInstance> work) {
    Snapshots snapshots = Snapshots.of(work);
    List<String> kept =
        madeOrAdopted(work).stream()
            .filter(name -> mayHaveServed(work, name))
            .flatMap(name -> snapshots.find(Instances.finalSnapshotOf(work, name)).stream())
            .map(Saved::arn)
            .toList();
    return kept.isEmpty()
        ? Optional.empty()
        : Optional.of("the last state of the database is in " + String.join(", ", kept));
  }

  private static List<String> madeOrAdopted(Work<Rds.RestoreInstance> work) {
    String own = Instances.nameOf(work, work.with().target().value());
    return Adoption.andMade(work, own, Change.RESTORE);
  }

  /** What was taken over may have served in the run that made it. */
  private static boolean mayHaveServed(Work<Rds.RestoreInstance> work, String name) {
    return work.call().served() || Adoption.in(work).filter(name::equals).isPresent();
  }

  private static void remove(Work<Rds.RestoreInstance> work, DBInstance instance) {
    String id = instance.dbInstanceIdentifier();
    if (!work.ownership().owns(Instances.tags(instance))) {
      throw work.refused(
          "the DB instance %s in %s is not deleted: %s"
              .formatted(id, work.call().region(), Ownership.ownerOf(Instances.tags(instance))));
    }
    if (Instances.isProtected(instance)) {
      lift(work, instance);
    }
    if (!Instances.statusOf(instance).is(InstanceStatus.DELETING)) {
      discard(work, instance);
    }
    throw work.underWay("the DB instance " + id + " is being deleted", Instances.LOOK);
  }

  private static void discard(Work<Rds.RestoreInstance> work, DBInstance instance) {
    String id = instance.dbInstanceIdentifier();
    if (mayHaveServed(work, id)) {
      Instances.of(work).retire(id, Instances.finalSnapshotOf(work, id));
    } else {
      Instances.of(work).discard(instance.dbInstanceIdentifier());
    }
  }

  private static void lift(Work<Rds.RestoreInstance> work, DBInstance instance) {
    String id = instance.dbInstanceIdentifier();
    if (work.made(Change.PROTECT).isEmpty()) {
      throw work.refused(
          "the DB instance %s in %s is not deleted: somebody else protects it from that"
              .formatted(id, work.call().region()));
    }
    Instances.of(work).protect(instance, false);
    throw work.underWay("the protection of the DB instance " + id + " is lifted", Instances.LOOK);
  }

  @Override
  public Readiness check(Work<Rds.RestoreInstance> work) {
    List<String> lacks =
        new ArrayList<>(
            new Surroundings(work).lacks(work.with().network(), work.with().parameterGroup()));
    return switch (ChosenSnapshot.of(work, Snapshots.of(work), work.with().snapshot())) {
      case ChosenSnapshot.None none -> {
        lacks.addFirst(none.why());
        yield new Readiness(false, String.join("; ", lacks), null);
      }
      case ChosenSnapshot.Found chosen ->
          new Readiness(
              lacks.isEmpty(),
              lacks.isEmpty()
                  ? "snapshot %s, subnet group and parameter group are in %s"
                      .formatted(chosen.point().id(), work.call().region())
                  : String.join("; ", lacks),
              chosen.point());
    };
  }
}
