package io.rekindle.action.aws.rds;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Foreign;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.InstanceStatus;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.Rds;
import io.rekindle.plan.step.data.Rds.Rename.Change;
import jakarta.inject.Singleton;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.DBInstance;

/** An instance keeps its resource id under every name; by that it is known again. */
@Singleton
final class Rename implements ActionHandler<Rds.Rename> {
  /** Who had the former name. */
  private record Former(String resourceId) {
    boolean is(DBInstance instance) {
      return resourceId.equals(instance.dbiResourceId());
    }
  }

  @Override
  public Class<Rds.Rename> declaration() {
    return Rds.Rename.class;
  }

  @Override
  public Observation observe(Work<Rds.Rename> work) {
    String from = work.with().instance();
    String to = work.with().to();
    Instances instances = Instances.of(work);
    Optional<DBInstance> renamed = instances.find(to);
    Optional<DBInstance> former = instances.find(from);
    if (renamed.isPresent() && (former.isEmpty() || isRenamedByUs(work, renamed.get()))) {
      return progress(work, renamed.get());
    }
    if (renamed.isPresent()) {
      return new Foreign("the name " + to + " belongs to another DB instance: rename that first");
    }
    if (former.isEmpty()) {
      if (work.made(Change.RENAME).isPresent()) {
        throw work.underWay("RDS is still renaming " + from + " to " + to, Instances.LOOK);
      }
      return new Broken(
          "the DB instance %s does not exist in %s".formatted(from, work.call().region()));
    }
    if (isOnItsWay(former.get())) {
      throw work.underWay("the DB instance " + from + " is being renamed", Instances.LOOK);
    }
    return Due.of(Change.RENAME, new Former(former.get().dbiResourceId()));
  }

  private static boolean isRenamedByUs(Work<Rds.Rename> work, DBInstance instance) {
    return work.before(Change.RENAME, Former.class)
        .filter(former -> former.is(instance))
        .isPresent();
  }

  private static boolean isOnItsWay(DBInstance instance) {
    return Instances.statusOf(instance).is("renaming")
        || (instance.pendingModifiedValues() != null
            && instance.pendingModifiedValues().dbInstanceIdentifier() != null);
  }

  private static boolean isAtRest(DBInstance instance) {
    return Instances.statusOf(instance).isUsable()
        || Instances.statusOf(instance).is(InstanceStatus.STOPPED);
  }

  private static Observation progress(Work<Rds.Rename> work, DBInstance instance) {
    String to = work.with().to();
    InstanceStatus status = Instances.statusOf(instance);
    if (status.isBad() && !isAtRest(instance)) {
      return new Broken(
          "the DB instance %s in %s %s".formatted(to, work.call().region(), status.says()));
    }
    if (!isAtRest(instance) || instance.endpoint() == null) {
      throw work.underWay("the DB instance " + to + " " + status.says(), Instances.LOOK);
    }
    return Settled.of(new Rds.Rename.Outputs(to, instance.endpoint().address()));
  }

  @Override
  public void apply(Work<Rds.Rename> work, Due due) {
    Instances instances = Instances.of(work);
    Optional<DBInstance> former = instances.find(work.with().instance());
    if (former.isPresent()
        && due.before(Former.class).is(former.get())
        && !isOnItsWay(former.get())
        && instances.find(work.with().to()).isEmpty()) {
      rename(instances, work.with().instance(), work.with().to());
    }
  }

  private static void rename(Instances instances, String from, String to) {
    instances
        .rds()
        .modifyDBInstance(request ->
            request.dbInstanceIdentifier(from).newDBInstanceIdentifier(to).applyImmediately(true));
  }

  @Override
  public void undo(Work<Rds.Rename> work) {
    Instances instances = Instances.of(work);
    String from = work.with().instance();
    String to = work.with().to();
    Optional<DBInstance> renamed = instances.find(to).filter(each -> isRenamedByUs(work, each));
    Optional<DBInstance> former = instances.find(from);
    if (renamed.isEmpty()) {
      awaitFormer(work, former);
      return;
    }
    if (former.isPresent()) {
      throw work.refused(
          "the DB instance %s in %s cannot have its name %s back: another instance now has it"
              .formatted(to, work.call().region(), from));
    }
    if (!isOnItsWay(renamed.get())) {
      rename(instances, to, from);
    }
    throw work.underWay("RDS is renaming " + to + " back to " + from, Instances.LOOK);
  }

  private static void awaitFormer(Work<Rds.Rename> work, Optional<DBInstance> former) {
    if (work.made(Change.RENAME).isPresent() && former.filter(Rename::isAtRest).isEmpty()) {
      throw work.underWay(
          "RDS is still renaming " + work.with().to() + " back to " + work.with().instance(),
          Instances.LOOK);
    }
  }

  @Override
  public Readiness check(Work<Rds.Rename> work) {
    Instances instances = Instances.of(work);
    String region = work.call().region();
    if (instances.find(work.with().instance()).isEmpty()) {
      return new Readiness(
          false,
          "the DB instance %s does not exist in %s".formatted(work.with().instance(), region),
          null);
    }
    boolean free = instances.find(work.with().to()).isEmpty();
    return new Readiness(
        free,
        "the name %s is %s in %s".formatted(work.with().to(), free ? "free" : "taken", region),
        null);
  }
}
