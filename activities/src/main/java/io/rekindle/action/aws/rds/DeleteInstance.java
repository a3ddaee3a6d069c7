package io.rekindle.action.aws.rds;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Foreign;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.InstanceStatus;
import io.rekindle.action.aws.Ownership;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.Rds;
import io.rekindle.plan.step.data.Rds.DeleteInstance.Change;
import io.rekindle.plan.value.Arn;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.DBInstance;

@Singleton
final class DeleteInstance implements ActionHandler<Rds.DeleteInstance> {
  /** What goes, so that nothing that takes its name goes too. */
  record Former(String arn) {}

  @Override
  public Class<Rds.DeleteInstance> declaration() {
    return Rds.DeleteInstance.class;
  }

  @Override
  public Observation observe(Work<Rds.DeleteInstance> work) {
    Optional<DBInstance> found = Instances.of(work).find(work.with().instance());
    return found.isPresent() ? due(work, found.get()) : gone(work);
  }

  private static Observation due(Work<Rds.DeleteInstance> work, DBInstance instance) {
    String id = instance.dbInstanceIdentifier();
    if (!work.ownership().isOfApplication(Instances.tags(instance))) {
      return new Foreign(
          "the DB instance " + id + ": " + Ownership.ownerOf(Instances.tags(instance)));
    }
    if (Instances.statusOf(instance).is(InstanceStatus.DELETING)) {
      throw work.underWay("the DB instance " + id + " is being deleted", Instances.LOOK);
    }
    return Instances.isProtected(instance)
        ? new Broken(
            "the DB instance %s in %s is protected from deletion: remove the protection, then retry"
                .formatted(id, work.call().region()))
        : Due.of(Change.DELETE, new Former(instance.dbInstanceArn()));
  }

  private static Observation gone(Work<Rds.DeleteInstance> work) {
    return work.before(Change.DELETE, Former.class)
        .<Observation>map(
            former -> Settled.of(new Rds.DeleteInstance.Outputs(finalSnapshotArn(work, former))))
        .orElseGet(() ->
            new Broken(
                ("the DB instance %s does not exist in %s; if it was deleted, skip the step: skip"
                        + " --give finalSnapshot=…")
                    .formatted(work.with().instance(), work.call().region())));
  }

  private static Arn finalSnapshotArn(Work<Rds.DeleteInstance> work, Former former) {
    return new Arn(former.arn().replaceFirst(":db:.*$", ":snapshot:") + finalSnapshot(work));
  }

  private static String finalSnapshot(Work<Rds.DeleteInstance> work) {
    return Instances.finalSnapshotOf(work, work.with().instance());
  }

  @Override
  public void apply(Work<Rds.DeleteInstance> work, Due due) {
    Instances instances = Instances.of(work);
    Optional<DBInstance> found = instances.find(work.with().instance());
    if (found.isPresent()
        && found.get().dbInstanceArn().equals(due.before(Former.class).arn())
        && work.ownership().isOfApplication(Instances.tags(found.get()))
        && !Instances.statusOf(found.get()).is(InstanceStatus.DELETING)) {
      instances.retire(work.with().instance(), finalSnapshot(work));
    }
  }

  @Override
  public void undo(Work<Rds.DeleteInstance> work) {
    throw work.refused("a deletion cannot be undone: restore the final snapshot");
  }

  @Override
  public Readiness check(Work<Rds.DeleteInstance> work) {
    String it = "the DB instance %s in %s ".formatted(work.with().instance(), work.call().region());
    Optional<DBInstance> found = Instances.of(work).find(work.with().instance());
    if (found.isEmpty()) {
      return new Readiness(false, it + "does not exist", null);
    }
    Map<String, String> tags = Instances.tags(found.get());
    if (!work.ownership().isOfApplication(tags)) {
      return new Readiness(
          false, it + "belongs to somebody else: " + Ownership.ownerOf(tags), null);
    }
    return new Readiness(
        !Instances.isProtected(found.get()),
        it + (Instances.isProtected(found.get()) ? "is protected from deletion" : "can be deleted"),
        null);
  }
}
