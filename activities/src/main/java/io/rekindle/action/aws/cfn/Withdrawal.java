package io.rekindle.action.aws.cfn;

import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/**
 * Undoes a deployment: what was not executed is deleted, a stack that it created too, and any other
 * stack is deployed as it was.
 */
record Withdrawal(Stacks stacks, FormerStack former) {

  /** One move; throws until there is none left. */
  void move() {
    Optional<Stack> found = stacks.find();
    if (found.isEmpty()) {
      return;
    }
    Stack stack = found.get();
    StackStatus status = StackStatus.of(stack);
    if (status.isMoving()) {
      throw underWay(stacks.it() + " is " + status.word());
    }
    if (!former.existed()) {
      throw delete(stack);
    } else if (Stacks.isFrom(stack, stacks.backChangeSet())) {
      requireBack(status);
      stacks.forget(stacks.changeSet());
    } else if (status.wasRolledBack() || !isDeployed(stack)) {
      stacks.forget(stacks.changeSet());
    } else {
      deployFormer();
    }
  }

  private boolean isDeployed(Stack stack) {
    boolean last = Stacks.isFrom(stack, stacks.changeSet());
    boolean executed =
        Prepared.find(stacks, stacks.changeSet()).filter(Prepared::isExecuted).isPresent();
    if (executed && !last) {
      throw stacks
          .work()
          .refused(
              "somebody else has deployed %s since; the former version is not restored"
                  .formatted(stacks.it()));
    }
    return last;
  }

  private RuntimeException underWay(String what) {
    return stacks.work().underWay(what, Stacks.LOOK);
  }

  /** Of what a step only prepared, and never executed. */
  static void forgetPrepared(Stacks stacks) {
    if (stacks.find().filter(stacks::isAnnounced).isPresent()) {
      throw deleted(stacks);
    }
    stacks.forget(stacks.changeSet());
  }

  private RuntimeException delete(Stack stack) {
    boolean ours = Stacks.isFrom(stack, stacks.changeSet()) || stacks.isAnnounced(stack);
    return ours
        ? deleted(stacks)
        : stacks
            .work()
            .refused(
                "somebody else has changed %s since; it is not deleted".formatted(stacks.it()));
  }

  private static RuntimeException deleted(Stacks stacks) {
    stacks.delete();
    return stacks.work().underWay(stacks.it() + " is being deleted", Stacks.LOOK);
  }

  private void requireBack(StackStatus status) {
    if (!status.isGood()) {
      throw stacks
          .work()
          .refused(
              "%s could not be restored and is %s: %s. %s"
                  .formatted(
                      stacks.it(),
                      status.word(),
                      stacks.reasons(stacks.backChangeSet()),
                      status.remedy()));
    }
  }

  private void deployFormer() {
    Preparation preparation = new Preparation(stacks);
    FormerTemplate template = former.before().template();
    if (template.isLost()) {
      throw stacks
          .work()
          .refused(
              ("the former template of %s (SHA-256 %s) is longer than a run remembers, and"
                      + " formerTemplate did not name it: deploy it by hand")
                  .formatted(stacks.it(), template.templateDigest()));
    }
    Optional<Prepared> back = Prepared.find(stacks, stacks.backChangeSet());
    if (back.isEmpty()) {
      preparation.prepareBack(former);
      throw underWay("preparing to restore the former template and parameters of " + stacks.it());
    }
    if (back.get().changesNothing()) {
      stacks.forget(stacks.backChangeSet());
      stacks.forget(stacks.changeSet());
      return;
    }
    if (!back.get().isBeingMade() && !back.get().isExecuted()) {
      back.get()
          .obstacle()
          .ifPresent(why -> {
            throw stacks.work().refused(why);
          });
      stacks.execute(stacks.backChangeSet());
    }
    throw underWay("restoring the former template and parameters of " + stacks.it());
  }
}
