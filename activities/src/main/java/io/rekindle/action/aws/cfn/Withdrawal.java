package io.rekindle.action.aws.cfn;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/**
 * Takes a deployment back: what was not executed is deleted, a stack that it created too, and any
 * other stack is deployed as it was.
 *
 * @param before what was recorded of the stack before the step
 */
record Withdrawal(Stacks stacks, Map<String, String> before) {

  /** One move; throws until there is none left. */
  void move() {
    Optional<Stack> found = stacks.find();
    if (found.isEmpty()) {
      return;
    }
    Stack stack = found.get();
    StackStatus status = StackStatus.of(stack);
    if (status.isMoving()) {
      throw underWay("is " + status.word());
    }
    if (!Preparation.wasThere(before)) {
      delete(stack, status);
    } else if (Stacks.isFrom(stack, stacks.backChangeSet())) {
      requireBack(status);
      forget(stacks.changeSet());
    } else if (status.wasTakenBack() || !isDeployed(stack)) {
      forget(stacks.changeSet());
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
              stacks.it()
                  + " was deployed to by somebody else since: what was before is not put back");
    }
    return last;
  }

  private RuntimeException underWay(String what) {
    return stacks.work().underWay(stacks.it() + " " + what, Stacks.LOOK);
  }

  private void forget(String changeSet) {
    if (stacks.findChangeSet(changeSet).isPresent()) {
      stacks.deleteChangeSet(changeSet);
    }
  }

  private void delete(Stack stack, StackStatus status) {
    boolean ours =
        Stacks.isFrom(stack, stacks.changeSet())
            || (status.isAnnounced() && stacks.findChangeSet(stacks.changeSet()).isPresent());
    if (!ours) {
      throw stacks
          .work()
          .refused(stacks.it() + " was changed by somebody else since and is not deleted");
    }
    stacks
        .cfn()
        .deleteStack(request ->
            request
                .stackName(stacks.name())
                .roleARN(stacks.work().with().stackRole().value())
                .clientRequestToken(stacks.backChangeSet()));
    throw underWay("is being deleted");
  }

  private void requireBack(StackStatus status) {
    if (!status.isGood()) {
      throw stacks
          .work()
          .refused(
              "%s could not be put back and is %s: %s. %s"
                  .formatted(
                      stacks.it(),
                      status.word(),
                      stacks.reasons(stacks.backChangeSet()),
                      status.remedy()));
    }
  }

  private void deployFormer() {
    Preparation preparation = new Preparation(stacks);
    if (!preparation.canGoBack(before)) {
      throw stacks
          .work()
          .refused(
              "the former template of %s is too long to be put back: deploy it by hand"
                  .formatted(stacks.it()));
    }
    Optional<Prepared> back = Prepared.find(stacks, stacks.backChangeSet());
    if (back.isEmpty()) {
      preparation.prepareBack(before);
      throw underWay("is prepared to be put back");
    }
    if (back.get().changesNothing()) {
      forget(stacks.backChangeSet());
      forget(stacks.changeSet());
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
    throw underWay("is put back");
  }
}
