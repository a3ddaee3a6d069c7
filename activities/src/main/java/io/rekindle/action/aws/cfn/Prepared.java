package io.rekindle.action.aws.cfn;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetStatus;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.ExecutionStatus;

/** A change set, and what can be done with it. */
record Prepared(Stacks stacks, DescribeChangeSetResponse changeSet) {
  private static final List<String> NOTHING =
      List.of("didn't contain changes", "No updates are to be performed");

  private static final Set<ExecutionStatus> EXECUTED =
      Set.of(
          ExecutionStatus.EXECUTE_IN_PROGRESS,
          ExecutionStatus.EXECUTE_COMPLETE,
          ExecutionStatus.EXECUTE_FAILED);

  static Optional<Prepared> find(Stacks stacks, String name) {
    return stacks.findChangeSet(name).map(found -> new Prepared(stacks, found));
  }

  boolean isBeingMade() {
    return changeSet.status() == ChangeSetStatus.CREATE_PENDING
        || changeSet.status() == ChangeSetStatus.CREATE_IN_PROGRESS;
  }

  boolean isExecuted() {
    return EXECUTED.contains(changeSet.executionStatus());
  }

  boolean changesNothing() {
    return changeSet.status() == ChangeSetStatus.FAILED
        && Stream.of(changeSet.statusReason())
            .anyMatch(reason -> reason != null && NOTHING.stream().anyMatch(reason::contains));
  }

  /** Why it must not be executed. */
  Optional<String> obstacle() {
    String it = "the change set %s of %s is ".formatted(changeSet.changeSetName(), stacks.it());
    if (changeSet.status() != ChangeSetStatus.CREATE_COMPLETE) {
      return Optional.of(
          "%s%s: %s. Correct that, then start over (retry --anew)"
              .formatted(it, changeSet.statusAsString(), changeSet.statusReason()));
    }
    if (changeSet.executionStatus() != ExecutionStatus.AVAILABLE) {
      return Optional.of(
          "%sout of date (%s): the stack has changed; start over (retry --anew)"
              .formatted(it, changeSet.executionStatusAsString()));
    }
    String forbidden =
        DataChanges.forbidden(
            stacks.changes(changeSet.changeSetName()), stacks.work().with().mayReplace());
    return forbidden.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%snot executed: it may lose data (%s). Name those resources in mayReplace (retry"
                    .formatted(it, forbidden)
                + " --set mayReplace=…), or correct the template and start over (retry --anew)");
  }
}
