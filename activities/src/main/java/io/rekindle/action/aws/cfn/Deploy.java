package io.rekindle.action.aws.cfn;

import io.rekindle.action.Observation;
import io.rekindle.action.Observation.Broken;
import io.rekindle.action.Observation.Due;
import io.rekindle.action.Observation.Settled;
import io.rekindle.action.Readiness;
import io.rekindle.action.aws.ActionHandler;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Cfn;
import io.rekindle.plan.step.compute.Cfn.Deploy.Change;
import io.rekindle.plan.value.Arn;
import jakarta.inject.Singleton;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** A stack remembers which change set it was last changed by; so the step knows its own. */
@Singleton
final class Deploy implements ActionHandler<Cfn.Deploy> {
  @Override
  public Class<Cfn.Deploy> declaration() {
    return Cfn.Deploy.class;
  }

  @Override
  public Observation observe(Work<Cfn.Deploy> work) {
    Stacks stacks = new Stacks(work);
    Optional<Stack> stack = stacks.find();
    if (stack.isPresent() && Stacks.isFrom(stack.get(), stacks.changeSet())) {
      return executed(stacks, stack.get());
    }
    Optional<Prepared> prepared =
        stack.isEmpty() ? Optional.empty() : Prepared.find(stacks, stacks.changeSet());
    return prepared.isPresent()
        ? prepared(stacks, prepared.get(), stack.orElseThrow())
        : unprepared(stacks, stack);
  }

  private static Observation executed(Stacks stacks, Stack stack) {
    StackStatus status = StackStatus.of(stack);
    if (status.isMoving() || status.isAnnounced()) {
      throw underWay(stacks, status);
    }
    return status.isGood() ? settled(stacks, stack) : new Broken(why(stacks, status));
  }

  private static RuntimeException underWay(Stacks stacks, StackStatus status) {
    return stacks.work().underWay(stacks.it() + " is " + status.word(), Stacks.LOOK);
  }

  private static String why(Stacks stacks, StackStatus status) {
    return "%s is %s: %s. %s"
        .formatted(stacks.it(), status.word(), stacks.reasons(stacks.changeSet()), status.remedy());
  }

  private static Settled settled(Stacks stacks, Stack stack) {
    return Settled.of(
        new Cfn.Deploy.Outputs(
            stacks.name(), new Arn(stack.stackId()), stack.stackStatusAsString()));
  }

  private static Observation prepared(Stacks stacks, Prepared prepared, Stack stack) {
    if (prepared.isBeingMade()) {
      throw stacks
          .work()
          .underWay("the change set of " + stacks.it() + " is being created", Stacks.LOOK);
    }
    if (prepared.changesNothing()) {
      return settled(stacks, stack);
    }
    if (prepared.isExecuted()) {
      StackStatus status = StackStatus.of(stack);
      return stack.changeSetId() == null || status.isMoving() || status.isAnnounced()
          ? executed(stacks, stack)
          : new Broken(
              "somebody else has deployed %s since; check it, then start over (retry --anew) or skip the step"
                  .formatted(stacks.it()));
    }
    Optional<String> obstacle = prepared.obstacle();
    if (obstacle.isPresent()) {
      return new Broken(obstacle.get());
    }
    return stacks.work().call().drill() ? settled(stacks, stack) : Due.of(Change.EXECUTE);
  }

  private static Observation unprepared(Stacks stacks, Optional<Stack> stack) {
    Optional<StackStatus> status = stack.map(StackStatus::of);
    if (status.filter(StackStatus::isMoving).isPresent()) {
      throw underWay(stacks, status.get());
    }
    Optional<Stack> former = existing(stack);
    Optional<String> lack = lack(stacks, former);
    return lack.isPresent() ? new Broken(lack.get()) : preparing(stacks, former);
  }

  private static Due preparing(Stacks stacks, Optional<Stack> former) {
    return former
        .map(stack -> new Preparation(stacks).former(stack).due(Change.PREPARE))
        .orElseGet(() -> Due.of(Change.PREPARE));
  }

  /** A stack that a change set has only announced is none yet. */
  private static Optional<Stack> existing(Optional<Stack> stack) {
    return stack.filter(each -> !StackStatus.of(each).isAnnounced());
  }

  private static Optional<String> lack(Stacks stacks, Optional<Stack> stack) {
    return stack
        .map(StackStatus::of)
        .filter(status -> !status.isDeployable())
        .map(status -> why(stacks, status))
        .or(() -> new Template(stacks).lack(stack));
  }

  @Override
  public void apply(Work<Cfn.Deploy> work, Due due) {
    Stacks stacks = new Stacks(work);
    Optional<Stack> stack = stacks.find();
    if (stack.isPresent() && Stacks.isFrom(stack.get(), stacks.changeSet())) {
      return;
    }
    Optional<Prepared> prepared =
        stack.isEmpty() ? Optional.empty() : Prepared.find(stacks, stacks.changeSet());
    if (due.is(Change.PREPARE) && prepared.isEmpty()) {
      new Preparation(stacks).prepare(existing(stack));
    }
    if (due.is(Change.EXECUTE)
        && prepared.filter(each -> !each.isExecuted() && each.obstacle().isEmpty()).isPresent()) {
      stacks.execute(stacks.changeSet());
    }
  }

  @Override
  public void undo(Work<Cfn.Deploy> work) {
    Stacks stacks = new Stacks(work);
    if (work.call().drill()) {
      Withdrawal.forgetPrepared(stacks);
      return;
    }
    work.made(Change.PREPARE)
        .map(FormerStack::of)
        .ifPresent(former -> new Withdrawal(stacks, former).move());
  }

  @Override
  public Readiness check(Work<Cfn.Deploy> work) {
    Stacks stacks = new Stacks(work);
    Optional<Stack> stack = existing(stacks.find());
    Optional<String> lack = lack(stacks, stack);
    return new Readiness(
        lack.isEmpty(),
        lack.orElseGet(() ->
            stacks.it()
                + stack
                    .map(found -> deployable(stacks, found))
                    .orElse(" does not exist and can be created")),
        null);
  }

  private static String deployable(Stacks stacks, Stack stack) {
    return " is %s and can be deployed%s"
        .formatted(
            stack.stackStatusAsString(),
            FormerTemplate.of(stacks).isLost()
                ? "; undo could not put its long template back: name where it is kept in"
                    + " formerTemplate"
                : "");
  }
}
