package io.rekindle.action.aws.cfn;

import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** A status of a stack, and what it means for somebody who wants to deploy it. */
record StackStatus(String word) {
  /** The status of a stack that only a change set has announced. */
  static final String REVIEW = "REVIEW_IN_PROGRESS";

  private static final Set<String> GOOD =
      Set.of("CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE");

  /** A failed update that was rolled back leaves a stack that can be deployed. */
  private static final Set<String> WHOLE =
      Set.of("UPDATE_ROLLBACK_COMPLETE", "IMPORT_ROLLBACK_COMPLETE");

  private static final Map<String, String> REMEDIES =
      Map.of(
          "ROLLBACK_COMPLETE",
          "Its creation failed: delete it, then start over (retry --anew)",
          "UPDATE_ROLLBACK_FAILED",
          "Continue its rollback (aws cloudformation continue-update-rollback), then start over"
              + " (retry --anew)");

  static StackStatus of(Stack stack) {
    return new StackStatus(String.valueOf(stack.stackStatusAsString()));
  }

  boolean isGood() {
    return GOOD.contains(word);
  }

  boolean isDeployable() {
    return isGood() || WHOLE.contains(word) || isAnnounced();
  }

  boolean isAnnounced() {
    return word.equals(REVIEW);
  }

  boolean wasRolledBack() {
    return WHOLE.contains(word);
  }

  boolean isMoving() {
    return word.endsWith("_IN_PROGRESS") && !isAnnounced();
  }

  String remedy() {
    return REMEDIES.getOrDefault(word, "Fix the cause, then start over (retry --anew)");
  }
}
