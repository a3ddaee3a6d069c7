package io.rekindle.action.aws.cfn;

import io.rekindle.action.aws.AwsFailures;
import io.rekindle.action.aws.FittedName;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.compute.Cfn;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Change;
import software.amazon.awssdk.services.cloudformation.model.ChangeSetNotFoundException;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.DescribeChangeSetResponse;
import software.amazon.awssdk.services.cloudformation.model.InvalidChangeSetStatusException;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** The stack of a step and its change sets, as CloudFormation shows them. */
record Stacks(Work<Cfn.Deploy> work) {
  static final Duration LOOK = Duration.ofSeconds(15);
  private static final int LONGEST_NAME = 100;
  private static final int REASONS = 3;

  CloudFormationClient cfn() {
    return work.client(CloudFormationClient.class, CloudFormationClient::builder);
  }

  String name() {
    return work.with().stack();
  }

  /** The name of the step's change set, which is its token too. */
  String changeSet() {
    return "rekindle-" + FittedName.of(work.call().names(), work.call().key().step(), LONGEST_NAME);
  }

  /** The name of the change set that undoes the step's one. */
  String backChangeSet() {
    return changeSet() + "-undo";
  }

  Optional<Stack> find() {
    try {
      return cfn().describeStacks(request -> request.stackName(name())).stacks().stream()
          .findFirst();
    } catch (CloudFormationException refused) {
      return none(refused);
    }
  }

  /** CloudFormation has one code for all that is wrong with a request. */
  private static <T> Optional<T> none(CloudFormationException refused) {
    if (AwsFailures.is(refused, "ValidationError")
        && String.valueOf(refused.awsErrorDetails().errorMessage()).contains("does not exist")) {
      return Optional.empty();
    }
    throw refused;
  }

  Optional<DescribeChangeSetResponse> findChangeSet(String changeSet) {
    try {
      return Optional.of(
          cfn().describeChangeSet(request -> request.stackName(name()).changeSetName(changeSet)));
    } catch (ChangeSetNotFoundException none) {
      return Optional.empty();
    } catch (CloudFormationException refused) {
      return none(refused);
    }
  }

  List<Change> changes(String changeSet) {
    return cfn()
        .describeChangeSetPaginator(request -> request.stackName(name()).changeSetName(changeSet))
        .stream()
        .flatMap(page -> page.changes().stream())
        .toList();
  }

  /**
   * Whether that change set was the last to be executed; a stack in review shows one that was not.
   */
  static boolean isFrom(Stack stack, String changeSet) {
    return !StackStatus.of(stack).isAnnounced()
        && stack.changeSetId() != null
        && stack.changeSetId().contains("/" + changeSet + "/");
  }

  static Map<String, String> parameters(Stack stack) {
    Map<String, String> all = new TreeMap<>();
    stack.parameters().forEach(each -> all.put(each.parameterKey(), each.parameterValue()));
    return all;
  }

  void execute(String changeSet) {
    try {
      cfn()
          .executeChangeSet(request ->
              request.stackName(name()).changeSetName(changeSet).clientRequestToken(changeSet));
    } catch (InvalidChangeSetStatusException whateverItsStatusTheNextLookShows) {
      return;
    }
  }

  /** Deletes a change set, if there is one. */
  void forget(String changeSet) {
    if (findChangeSet(changeSet).isPresent()) {
      cfn().deleteChangeSet(request -> request.stackName(name()).changeSetName(changeSet));
    }
  }

  /** Whether it is no more than what the step's change set announces. */
  boolean isAnnounced(Stack stack) {
    return StackStatus.of(stack).isAnnounced() && findChangeSet(changeSet()).isPresent();
  }

  void delete() {
    cfn()
        .deleteStack(request ->
            request
                .stackName(name())
                .roleARN(work.with().stackRole().value())
                .clientRequestToken(backChangeSet()));
  }

  /** Why the execution of a change set failed, in AWS's words: what failed first stands first. */
  String reasons(String changeSet) {
    List<String> newestFirst =
        cfn().describeStackEvents(request -> request.stackName(name())).stackEvents().stream()
            .filter(event -> changeSet.equals(event.clientRequestToken()))
            .filter(event -> String.valueOf(event.resourceStatusAsString()).endsWith("_FAILED"))
            .filter(event -> event.resourceStatusReason() != null)
            .map(event -> event.logicalResourceId() + ": " + event.resourceStatusReason())
            .toList();
    Set<String> reasons =
        newestFirst.reversed().stream()
            .limit(REASONS)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return reasons.isEmpty() ? "its events give no reason" : String.join("; ", reasons);
  }

  /** What it is, for a sentence. */
  String it() {
    return "the stack %s (%s)".formatted(name(), work.call().region());
  }
}
