package io.rekindle.action.aws.rds;

import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.rds.model.DBInstance;

/** A status of a DB instance, and what it means for somebody who needs it. */
record InstanceStatus(String word) {
  private static final Set<String> USABLE = Set.of("available", "storage-optimization");

  private static final Map<String, String> BAD =
      Map.of(
          "failed",
          "RDS gave it up; only a new restore helps",
          "restore-error",
          "the restore failed; only a new one helps",
          "incompatible-network",
          "its subnets have no free addresses, or the VPC lacks DNS host names or an elastic"
              + " network interface",
          "incompatible-option-group",
          "its option group does not fit this engine or Region",
          "incompatible-parameters",
          "its parameter group needs more memory than the class has, or does not fit the engine",
          "incompatible-restore",
          "the snapshot does not fit what was asked for",
          "insufficient-capacity",
          "AWS has no capacity for this class in these Availability Zones",
          "inaccessible-encryption-credentials",
          "the KMS key is disabled, deleted or not permitted",
          "inaccessible-encryption-credentials-recoverable",
          "the KMS key is disabled or not permitted: enable it and start the instance",
          "storage-full",
          "it is out of storage; add storage");

  static InstanceStatus of(DBInstance instance) {
    return new InstanceStatus(String.valueOf(instance.dbInstanceStatus()));
  }

  /** Whether it takes connections, and changes. */
  boolean isUsable() {
    return USABLE.contains(word);
  }

  /** Whether waiting does not help. */
  boolean isBad() {
    return BAD.containsKey(word);
  }

  boolean is(String other) {
    return word.equals(other);
  }

  /** Why it is bad, after its name. */
  String why() {
    return "is '" + word + "': " + BAD.getOrDefault(word, "it will not recover on its own");
  }
}
