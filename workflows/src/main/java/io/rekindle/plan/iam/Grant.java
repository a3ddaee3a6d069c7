package io.rekindle.plan.iam;

import io.rekindle.plan.Kind;
import io.rekindle.plan.step.Action;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Permission.Need;
import io.rekindle.plan.step.Realm;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/**
 * One action on one resource, and what needs it.
 *
 * @param spot a step, a probe or a notice
 * @param change empty where no single change needs it
 */
record Grant(String action, String resource, Scope scope, String spot, Need need, String change) {

  /** All that a kind declares for one use of it. */
  static List<Grant> of(Kind kind, Action with, Realm at, String application, String spot) {
    return of(kind, with.permissions(at), at, application, spot);
  }

  /** Some of that, or something beside. */
  static List<Grant> of(
      Kind kind, List<Permission> all, Realm at, String application, String spot) {
    List<Grant> grants = new ArrayList<>();
    for (Permission permission : all) {
      SortedSet<String> regions = Scope.regions(kind, permission, at);
      for (String resource : permission.resources()) {
        boolean ours = Scope.isHeldToTags(permission, resource, all);
        grants.add(
            new Grant(
                permission.action(),
                Wildcards.in(resource),
                new Scope(regions, ours ? application : ""),
                spot,
                permission.need(),
                permission.change()));
      }
    }
    return grants;
  }

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
