package io.rekindle.action.aws.eks;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Eks;
import io.rekindle.plan.step.compute.Eks.ScaleNodegroup.Change;
import jakarta.inject.Singleton;
import java.util.Optional;
import software.amazon.awssdk.services.eks.model.Nodegroup;

@Singleton
final class ScaleNodegroup implements ActionHandler<Eks.ScaleNodegroup> {
  @Override
  public Class<Eks.ScaleNodegroup> declaration() {
    return Eks.ScaleNodegroup.class;
  }

  @Override
  public Observation observe(Work<Eks.ScaleNodegroup> work) {
    NodeGroups groups = new NodeGroups(work);
    Condition condition = new Condition(groups);
    Optional<Nodegroup> found = groups.find();
    Optional<String> lack = condition.lack(found);
    if (lack.isPresent()) {
      return new Broken(lack.get());
    }
    Nodegroup group = found.orElseThrow();
    condition.awaitUpdate(group);
    Optional<String> failure = condition.failure(groups.update());
    return failure.isPresent() ? new Broken(failure.get()) : progress(groups, group);
  }

  private static Observation progress(NodeGroups groups, Nodegroup group) {
    Sizes present = Sizes.of(group);
    if (!isDone(groups.work(), present)) {
      return Due.of(Change.SCALE, present);
    }
    Condition condition = new Condition(groups);
    int running = groups.inService(group);
    Optional<String> shortage = condition.shortage(group, running);
    if (shortage.isPresent()) {
      return new Broken(shortage.get());
    }
    condition.awaitInstances(group, running);
    return Settled.of(
        new Eks.ScaleNodegroup.Outputs(
            group.clusterName(),
            group.nodegroupName(),
            running,
            Sizes.former(groups.work(), present).desired()));
  }

  /** A cluster autoscaler may have moved what was asked for, once that was so. */
  private static boolean isDone(Work<Eks.ScaleNodegroup> work, Sizes present) {
    Sizes wanted = Sizes.wanted(work, Sizes.former(work, present));
    boolean wasSo = work.receipt(Change.SCALE).isPresent() && !work.hasJustMade(Change.SCALE);
    return present.equals(wanted) || (wasSo && present.canComeOf(wanted));
  }

  /** While an update runs there is nothing to ask for: it is this one's, or comes first. */
  @Override
  public void apply(Work<Eks.ScaleNodegroup> work, Due due) {
    NodeGroups groups = new NodeGroups(work);
    Optional<Nodegroup> found = groups.find().filter(Condition::canBeUpdated);
    if (found.isEmpty() || isDone(work, Sizes.of(found.get()))) {
      return;
    }
    Sizes present = Sizes.of(found.get());
    work.keepReceipt(groups.resize(found.get(), Sizes.wanted(work, Sizes.former(work, present))));
  }

  @Override
  public void undo(Work<Eks.ScaleNodegroup> work) {
    NodeGroups groups = new NodeGroups(work);
    Condition condition = new Condition(groups);
    Optional<Nodegroup> found = groups.find().filter(group -> !Condition.isGoing(group));
    if (work.made(Change.SCALE).isEmpty() || found.isEmpty()) {
      return;
    }
    Nodegroup group = found.get();
    condition
        .lack(found)
        .ifPresent(lack -> {
          throw work.refused(lack);
        });
    condition.awaitUpdate(group);
    Sizes present = Sizes.of(group);
    Sizes former = Sizes.former(work, present);
    if (present.equals(former)) {
      condition.awaitInstances(group, groups.inService(group));
      return;
    }
    if (!present.canComeOf(Sizes.wanted(work, former))) {
      throw work.refused(
          "somebody else has changed %s since; restore it by hand (%s)"
              .formatted(groups.it(), former.inWords()));
    }
    groups.resize(group, former);
    throw work.underWay("restoring the former sizes of " + groups.it(), NodeGroups.LOOK);
  }

  @Override
  public Readiness check(Work<Eks.ScaleNodegroup> work) {
    NodeGroups groups = new NodeGroups(work);
    Optional<Nodegroup> found = groups.find();
    Optional<String> lack = new Condition(groups).lack(found);
    return lack.isPresent()
        ? new Readiness(false, lack.get(), null)
        : new Readiness(true, evidence(groups, found.orElseThrow()), null);
  }

  private static String evidence(NodeGroups groups, Nodegroup group) {
    Sizes present = Sizes.of(group);
    return "%s is '%s' with %s and runs %d instances; it can be set to %s"
        .formatted(
            groups.it(),
            group.statusAsString(),
            present.inWords(),
            groups.inService(group),
            Sizes.wanted(groups.work(), present).inWords());
  }
}
