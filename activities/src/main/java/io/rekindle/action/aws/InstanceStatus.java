package io.rekindle.action.aws;

import java.util.Map;
import java.util.Set;

/**
 * A status of a DB instance, and what it means for somebody who needs the instance. Each one that
 * AWS documents stands in one of three tables; any other may be new, so it is waited for and named.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html#Overview.DBInstance.Status">
 *     Viewing Amazon RDS DB instance status</a>
 */
public record InstanceStatus(String word) {
  public static final String STOPPED = "stopped";
  public static final String DELETING = "deleting";
  public static final String LACKS_CAPACITY = "insufficient-capacity";

  /**
   * It takes connections. AWS says of storage-initialization only that the instance remains
   * available; if it refuses a change meanwhile, the change waits as for any busy instance.
   */
  private static final Set<String> GOOD =
      Set.of("available", "storage-optimization", "storage-initialization");

  private static final Set<String> IN_PROGRESS =
      Set.of(
          "backing-up",
          "backtracking",
          "configuring-associated-roles",
          "configuring-enhanced-monitoring",
          "configuring-iam-database-auth",
          "configuring-log-exports",
          "converting-to-vpc",
          "creating",
          "delete-precheck",
          "maintenance",
          "modifying",
          "moving-to-vpc",
          "promoting",
          "rebooting",
          "renaming",
          "resetting-master-credentials",
          "starting",
          "stopping",
          "storage-config-upgrade",
          "upgrading");

  private static final Map<String, String> BAD =
      Map.ofEntries(
          Map.entry(DELETING, "it is on its way out; only a new restore helps"),
          Map.entry("failed", "RDS gave it up; only a new restore helps"),
          Map.entry("restore-error", "the restore failed; only a new one helps"),
          Map.entry("incompatible-create", "RDS cannot create it as it was asked for"),
          Map.entry(
              "incompatible-network",
              "its subnets have no free addresses, or the VPC lacks DNS host names or an elastic"
                  + " network interface"),
          Map.entry(
              "incompatible-option-group", "its option group does not fit this engine or Region"),
          Map.entry(
              "incompatible-parameters",
              "its parameter group needs more memory than the class has, or does not fit the"
                  + " engine"),
          Map.entry("incompatible-restore", "the snapshot does not fit what was asked for"),
          Map.entry(
              LACKS_CAPACITY, "AWS has no capacity for this class in these Availability Zones"),
          Map.entry(
              "inaccessible-encryption-credentials",
              "the KMS key is disabled, deleted or not permitted"),
          Map.entry(
              "inaccessible-encryption-credentials-recoverable",
              "the KMS key is disabled or not permitted: enable it and start the instance"),
          Map.entry(STOPPED, "somebody must start it"),
          Map.entry("storage-full", "it is out of storage; add storage"),
          Map.entry("upgrade-failed", "its engine was not upgraded; see its events"));

  /** Whether it takes connections. */
  public boolean isUsable() {
    return GOOD.contains(word);
  }

  /** Whether waiting does not help. */
  public boolean isBad() {
    return BAD.containsKey(word);
  }

  public boolean is(String other) {
    return word.equals(other);
  }

  /** How it is, after its name: why waiting does not help, or that Rekindle does not know it. */
  public String says() {
    boolean known = GOOD.contains(word) || IN_PROGRESS.contains(word);
    return "is '%s'%s"
        .formatted(
            word,
            isBad()
                ? ": " + BAD.get(word)
                : known ? "" : ", which Rekindle does not know, and waits for");
  }
}
