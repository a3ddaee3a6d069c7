package io.rekindle.action.aws.rds;

import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.rds.model.DBCluster;

/**
 * What the status of an Aurora cluster means for somebody who needs it. Any that is not listed may
 * be new, so it is waited for and named.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/accessing-monitoring.html#Aurora.Status">
 *     Viewing Aurora DB cluster status</a>
 */
public final class ClusterStatus {
  private static final String GOOD = "available";
  private static final String DELETING = "deleting";

  private static final Set<String> IN_PROGRESS =
      Set.of(
          "backing-up",
          "backtracking",
          "creating",
          "failing-over",
          "maintenance",
          "migrating",
          "modifying",
          "preparing-data-migration",
          "promoting",
          "renaming",
          "resetting-master-credentials",
          "starting",
          "stopping",
          "storage-optimization",
          "update-iam-db-auth",
          "upgrading");

  private static final Map<String, String> BAD =
      Map.of(
          DELETING,
          "it is on its way out; only a new restore helps",
          "failed",
          "RDS gave it up; only a new restore helps",
          "cloning-failed",
          "only a new restore helps",
          "migration-failed",
          "only a new restore helps",
          "inaccessible-encryption-credentials",
          "the KMS key is disabled, deleted or not permitted",
          "inaccessible-encryption-credentials-recoverable",
          "the KMS key is disabled or not permitted: enable it and start the cluster",
          "stopped",
          "somebody must start it");

  private ClusterStatus() {}

  public static State of(DBCluster cluster) {
    String word = String.valueOf(cluster.status());
    boolean known = word.equals(GOOD) || IN_PROGRESS.contains(word);
    boolean bad = BAD.containsKey(word);
    String says =
        "is '%s'%s"
            .formatted(
                word,
                bad
                    ? ": " + BAD.get(word)
                    : known ? "" : ", which Rekindle does not know, and waits for");
    return new State(word.equals(GOOD), bad, word.equals(DELETING), false, says);
  }
}
