package io.rekindle.action.aws.rds.backup;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Foreign;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.rds.Adoption;
import io.rekindle.action.aws.rds.Instances;
import io.rekindle.action.aws.rds.Snapshots;
import io.rekindle.action.aws.rds.State;
import io.rekindle.action.aws.rds.Surroundings;
import io.rekindle.plan.step.data.Backup;
import io.rekindle.plan.step.data.Backup.Restore.Change;
import io.rekindle.plan.step.data.Databases.Recovered;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

@Singleton
final class Restore implements ActionHandler<Backup.Restore> {
  @Override
  public Class<Backup.Restore> declaration() {
    return Backup.Restore.class;
  }

  @Override
  public Observation observe(Work<Backup.Restore> work) {
    Target target = Target.of(work);
    Optional<Database> found = find(work, target);
    if (found.isPresent()) {
      return progress(found.get(), new Restoring(work, target));
    }
    Optional<String> adopted = Adoption.in(work);
    if (adopted.isPresent()) {
      return Adoption.gone(work, target.what(), adopted.get());
    }
    return new Restoring(work, target).progress().orElseGet(() -> beginning(work, target));
  }

  private static Optional<Database> find(Work<Backup.Restore> work, Target target) {
    return target.find(Adoption.in(work).orElse(target.name()));
  }

  private static Observation beginning(Work<Backup.Restore> work, Target target) {
    return switch (new RecoveryPoints(work).choose()) {
      case RecoveryPoints.Choice.None none -> new Broken(none.why());
      case RecoveryPoints.Choice.Found chosen -> {
        String first = new Restoring(work, target).first();
        Due restoring = Due.of(Change.RESTORE, Agreed.on(chosen.point(), first));
        yield work.call().adopt()
            ? Adoption.of(
                work, target.words(), target.left(work.ownership()), chosen.point().id(), restoring)
            : restoring;
      }
    };
  }

  private static Observation progress(Database found, Restoring restoring) {
    Work<Backup.Restore> work = found.work();
    if (!found.isTaggedAsOurs() && !restoring.made(found)) {
      restoring.awaitEnd();
      return new Foreign(
          "the %s %s: %s".formatted(restoring.target().what(), found.name(), found.owner()));
    }
    State state = found.state();
    if (state.lacksMachines() || !found.isTaggedAsOurs()) {
      Optional<Observation> job = restoring.progress(found);
      if (job.isPresent()) {
        return job.get();
      }
    }
    if (state.isBad()) {
      return new Broken(
          "the %s %s in %s %s. Fix it and retry, or start over (retry --anew)"
              .formatted(
                  restoring.target().what(), found.name(), work.call().region(), state.says()));
    }
    if (!state.isUsable()) {
      throw work.underWay(
          "the %s %s %s".formatted(restoring.target().what(), found.name(), state.says()),
          Instances.LOOK);
    }
    return restoring.tagging(found).isPresent() ? Due.of(Change.TAG) : settle(found);
  }

  private static Observation settle(Database found) {
    String time = found.tags().get(Snapshots.POINT_TAG);
    Recovered recovered = new Recovered(time == null ? null : Instant.parse(time));
    return switch (found) {
      case Database.OfRds it -> new InstanceSettings(it.work(), it.instance()).settle(recovered);
      case Database.OfAurora it -> new ClusterSettings(it.work(), it.cluster()).settle(recovered);
    };
  }

  @Override
  public void apply(Work<Backup.Restore> work, Due due) {
    Target target = Target.of(work);
    Optional<Database> found = find(work, target);
    Restoring restoring = new Restoring(work, target);
    if (due.is(Change.RESTORE)) {
      restoring.apply(due.before(Agreed.class), found);
    } else {
      found
          .filter(it -> it.isTaggedAsOurs() || restoring.made(it))
          .ifPresent(it -> apply(due, it, restoring));
    }
  }

  private static void apply(Due due, Database found, Restoring restoring) {
    if (due.is(Change.TAG)) {
      restoring.tagging(found).ifPresent(Tagging::apply);
      return;
    }
    switch (found) {
      case Database.OfRds it -> new InstanceSettings(it.work(), it.instance()).apply(due);
      case Database.OfAurora it -> new ClusterSettings(it.work(), it.cluster()).apply(due);
    }
  }

  @Override
  public void undo(Work<Backup.Restore> work) {
    Target target = Target.of(work);
    Restoring restoring = new Restoring(work, target);
    restoring.awaitEnd();
    madeOrAdopted(work, target).stream()
        .flatMap(name -> target.find(name).stream())
        .findFirst()
        .filter(found -> !mayHaveServed(work, found.name()))
        .ifPresent(found -> remove(found, restoring));
  }

  private static void remove(Database found, Restoring restoring) {
    Work<Backup.Restore> work = found.work();
    String it = "the %s %s".formatted(restoring.target().what(), found.name());
    if (!found.isTaggedAsOurs() && !restoring.made(found)) {
      throw work.refused(
          "%s in %s is not deleted: %s".formatted(it, work.call().region(), found.owner()));
    }
    if (found.isProtected()) {
      throw work.refused(
          "%s in %s is not deleted: somebody protects it from that"
              .formatted(it, work.call().region()));
    }
    found.remove();
    throw work.underWay(it + " is being deleted", Instances.LOOK);
  }

  private static List<String> madeOrAdopted(Work<Backup.Restore> work, Target target) {
    return Adoption.andMade(work, target.name(), Change.RESTORE);
  }

  /** What was taken over may have served in the run that made it; nothing serves in a drill. */
  private static boolean mayHaveServed(Work<Backup.Restore> work, String name) {
    boolean adopted = Adoption.in(work).filter(name::equals).isPresent();
    return !work.call().drill() && (work.call().served() || adopted);
  }

  @Override
  public Optional<String> kept(Work<Backup.Restore> work) {
    Target target = Target.of(work);
    return madeOrAdopted(work, target).stream()
        .filter(name -> mayHaveServed(work, name))
        .flatMap(name -> target.find(name).stream())
        .findFirst()
        .map(found ->
            "the %s %s is kept, because it may have served".formatted(target.what(), found.arn()));
  }

  @Override
  public Readiness check(Work<Backup.Restore> work) {
    List<String> lacks = new ArrayList<>(lacks(work));
    return switch (new RecoveryPoints(work).choose()) {
      case RecoveryPoints.Choice.None none -> {
        lacks.addFirst(none.why());
        yield new Readiness(false, String.join("; ", lacks), null);
      }
      case RecoveryPoints.Choice.Found chosen ->
          new Readiness(
              lacks.isEmpty(),
              lacks.isEmpty()
                  ? "recovery point %s, subnet group and parameter group are in %s"
                      .formatted(chosen.point().id(), work.call().region())
                  : String.join("; ", lacks),
              chosen.point());
    };
  }

  private static List<String> lacks(Work<Backup.Restore> work) {
    Surroundings here = new Surroundings(work);
    List<String> lacks =
        new ArrayList<>(here.lacks(work.with().network(), work.with().parameterGroup()));
    if (work.with().clusterParameterGroup() != null) {
      lacks.addAll(here.lacksClusterGroup(work.with().clusterParameterGroup()));
    }
    return lacks;
  }
}
