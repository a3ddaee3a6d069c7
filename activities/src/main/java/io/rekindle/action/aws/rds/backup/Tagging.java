package io.rekindle.action.aws.rds.backup;

import io.rekindle.action.Readiness.RecoveryPoint;
import io.rekindle.action.aws.rds.Instances;
import io.rekindle.action.aws.rds.Snapshots;
import java.util.List;
import java.util.Map;

/**
 * A restore job takes no tags, and RDS gives what it restores those of its source: where that was
 * restored once itself, they name another run, and must not be believed.
 */
record Tagging(Database database, RecoveryPoint source) {
  private static final String OURS = "rekindle:";

  private Map<String, String> wanted() {
    Map<String, String> tags = database.work().ownership().tags();
    tags.put(Snapshots.SOURCE_TAG, source.id());
    tags.put(Snapshots.POINT_TAG, source.time().toString());
    return tags;
  }

  private List<String> stale() {
    Map<String, String> wanted = wanted();
    return database.tags().keySet().stream()
        .filter(key -> key.startsWith(OURS) && !wanted.containsKey(key))
        .toList();
  }

  /** What is wrong goes first: with all of ours on it, nobody would look for that any more. */
  void apply() {
    var rds = Instances.of(database.work()).rds();
    List<String> stale = stale();
    if (!stale.isEmpty()) {
      rds.removeTagsFromResource(request -> request.resourceName(database.arn()).tagKeys(stale));
      throw database
          .work()
          .underWay("the tags of an earlier run are taken off " + database.name(), Instances.LOOK);
    }
    rds.addTagsToResource(
        request -> request.resourceName(database.arn()).tags(Instances.tags(wanted())));
  }
}
