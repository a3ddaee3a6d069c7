package io.rekindle.plan.iam;

import io.rekindle.plan.step.Permission.Need;

/**
 * One action on one resource, and what needs it.
 *
 * @param spot a step, a probe or a notice
 * @param change empty where no single change needs it
 */
record Grant(String action, String resource, Scope scope, String spot, Need need, String change) {

  /** What it is needed for. */
  String use() {
    return switch (need) {
      case LOOK -> "look";
      case CHANGE -> change;
      case UNDO -> "undo";
      case IMPLIED -> (change.isEmpty() ? "undo" : change) + ", checked by AWS";
    };
  }
}
