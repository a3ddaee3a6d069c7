package io.rekindle.action.aws.eks;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.eks.model.ErrorDetail;
import software.amazon.awssdk.services.eks.model.Issue;
import software.amazon.awssdk.services.eks.model.Nodegroup;
import software.amazon.awssdk.services.eks.model.NodegroupStatus;
import software.amazon.awssdk.services.eks.model.Update;
import software.amazon.awssdk.services.eks.model.UpdateStatus;

/** What keeps a node group from having the sizes and the instances that are wanted. */
record Condition(NodeGroups groups) {
  /** Auto Scaling tries again by itself, and an issue of before stays until it has succeeded. */
  private static final Duration UNTIL_ISSUES_COUNT = Duration.ofMinutes(10);

  /** Why a person is needed, if one is. */
  Optional<String> lack(Optional<Nodegroup> found) {
    if (found.isEmpty()) {
      return Optional.of(groups.it() + " does not exist");
    }
    return switch (found.get().status()) {
      case CREATE_FAILED, DELETE_FAILED, DELETING ->
          Optional.of(
              "%s is '%s'%s: make another one, or use done"
                  .formatted(groups.it(), found.get().statusAsString(), issues(found.get(), "; ")));
      case ACTIVE, DEGRADED, CREATING, UPDATING, UNKNOWN_TO_SDK_VERSION -> Optional.empty();
    };
  }

  /**
   * A degraded group can be updated; it stays so until it could launch instances again.
   *
   * @see <a href="https://github.com/aws/containers-roadmap/issues/2326">Reset the status of a
   *     managed node group</a>
   */
  static boolean canBeUpdated(Nodegroup group) {
    return group.status() == NodegroupStatus.ACTIVE || group.status() == NodegroupStatus.DEGRADED;
  }

  static boolean isGoing(Nodegroup group) {
    return group.status() == NodegroupStatus.DELETING;
  }

  /** EKS makes one update at a time, whoever asked for it. */
  void awaitUpdate(Nodegroup group) {
    if (!canBeUpdated(group)) {
      throw groups
          .work()
          .underWay("%s is '%s'".formatted(groups.it(), group.statusAsString()), NodeGroups.LOOK);
    }
  }

  /** Why the update of the step came to nothing, if it did. */
  Optional<String> failure(Optional<Update> update) {
    if (update.filter(each -> each.status() == UpdateStatus.IN_PROGRESS).isPresent()) {
      throw groups
          .work()
          .underWay("the update of %s is in progress".formatted(groups.it()), NodeGroups.LOOK);
    }
    return update
        .filter(each -> each.status() != UpdateStatus.SUCCESSFUL)
        .map(each ->
            "the update of %s is '%s': %s. Mend that, then start over (retry --anew)"
                .formatted(groups.it(), each.statusAsString(), errors(each)));
  }

  private static String errors(Update update) {
    return update.errors().isEmpty()
        ? "EKS gives no reason"
        : update.errors().stream().map(Condition::inWords).collect(Collectors.joining("; "));
  }

  private static String inWords(ErrorDetail error) {
    return error.errorCodeAsString() + ", " + error.errorMessage();
  }

  /** Why instances that lack will not come by themselves, if they will not. */
  Optional<String> shortage(Nodegroup group, int running) {
    boolean isLate =
        groups.work().call().now().isAfter(groups.work().changed().plus(UNTIL_ISSUES_COUNT));
    return isLate
            && group.status() == NodegroupStatus.DEGRADED
            && running < Sizes.of(group).desired()
        ? Optional.of(
            "%s runs %d of %d instances and is '%s'%s: mend that, or scale a group of other instance types, then retry"
                .formatted(
                    groups.it(),
                    running,
                    Sizes.of(group).desired(),
                    group.statusAsString(),
                    issues(group, "; ")))
        : Optional.empty();
  }

  void awaitInstances(Nodegroup group, int running) {
    int desired = Sizes.of(group).desired();
    if (running != desired) {
      throw groups
          .work()
          .underWay(
              "%s runs %d of %d instances%s"
                  .formatted(groups.it(), running, desired, issues(group, "; ")),
              NodeGroups.LOOK);
    }
  }

  /** Empty when there are none. */
  private static String issues(Nodegroup group, String before) {
    List<Issue> issues = group.health() == null ? List.of() : group.health().issues();
    return issues.isEmpty()
        ? ""
        : issues.stream()
            .map(issue -> issue.codeAsString() + ", " + issue.message())
            .collect(Collectors.joining("; ", before, ""));
  }
}
