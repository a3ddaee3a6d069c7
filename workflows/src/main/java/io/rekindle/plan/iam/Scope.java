package io.rekindle.plan.iam;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.plan.Kind;
import io.rekindle.plan.step.Permission;
import io.rekindle.plan.step.Permission.Need;
import io.rekindle.plan.step.Realm;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Under what conditions something is permitted.
 *
 * @param regions where it is asked for; empty for anywhere
 * @param application whose tag the resource must carry; empty for any
 */
record Scope(SortedSet<String> regions, String application) {
  /** Services that are asked in whatever Region: a condition on one would refuse what is meant. */
  private static final Set<String> BEYOND_REGIONS =
      Set.of("iam", "s3", "route53", "route53-recovery-cluster");

  /** What deletes a thing, can be held to its tags, and how the ARN of such a thing goes on. */
  private static final Map<String, String> HELD_TO_TAGS =
      Map.of(
          "elasticache:DeleteServerlessCache", ":serverlesscache:",
          "rds:DeleteDBCluster", ":cluster:",
          "rds:DeleteDBClusterSnapshot", ":cluster-snapshot:",
          "rds:DeleteDBInstance", ":db:",
          "rds:DeleteDBSnapshot", ":snapshot:");

  static final Scope FREE = new Scope(new TreeSet<>(), "");
  static final String TAG = "rekindle:application";
  private static final Set<String> TAGGING = Set.of("AddTagsToResource", "TagResource");

  /** A Region that is not sure, or another one that must answer too, is no condition. */
  static SortedSet<String> regions(Kind kind, Permission permission, Realm at) {
    SortedSet<String> regions = new TreeSet<>(Set.of(at.region().value()));
    if (kind.isGlobal() || BEYOND_REGIONS.contains(service(permission.action()))) {
      return new TreeSet<>();
    }
    for (String resource : permission.resources()) {
      if (!resource.equals(Realm.ANYTHING)) {
        regions.add(resource.split(":", 6)[3]);
      }
    }
    return regions.contains("") || regions.contains("*") ? new TreeSet<>() : regions;
  }

  /**
   * Whether what is deleted was made by the same step and carries its tags from birth. What gets
   * them by a change of its own may have to be removed before.
   */
  static boolean isHeldToTags(Permission permission, String resource, List<Permission> all) {
    String deleted = HELD_TO_TAGS.get(permission.action());
    return deleted != null
        && resource.contains(deleted)
        && all.stream().anyMatch(each -> tags(each, resource) && each.need() == Need.IMPLIED)
        && all.stream().noneMatch(each -> tags(each, resource) && each.need() == Need.CHANGE);
  }

  private static boolean tags(Permission permission, String resource) {
    String operation = permission.action().replaceFirst(".*:", "");
    return TAGGING.contains(operation) && permission.resources().contains(resource);
  }

  private static String service(String action) {
    return action.replaceFirst(":.*", "");
  }

  boolean isFree() {
    return regions.isEmpty() && application.isEmpty();
  }

  ObjectNode json() {
    ObjectNode equals = JsonNodeFactory.instance.objectNode();
    if (!regions.isEmpty()) {
      Statement.add(equals, "aws:RequestedRegion", regions);
    }
    if (!application.isEmpty()) {
      equals.put("aws:ResourceTag/" + TAG, application);
    }
    return JsonNodeFactory.instance.objectNode().set("StringEquals", equals);
  }
}
