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
          "RDS gave it up, and only a new restore helps",
          "restore-error",
          "the restore failed, and only a new one helps",
          "incompatible-network",
          "its subnets have no free addresses, or the VPC lacks DNS host names or an elastic"
              + " network interface",
          "incompatible-option-group",
          "its option group asks for what this engine or Region has not",
          "incompatible-parameters",
          "its parameter group asks for more memory than the class has, or for what the engine"
              + " does not know",
          "incompatible-restore",
          "the snapshot does not fit what was asked for",
          "insufficient-capacity",
          "AWS has no machine of this class left in these Availability Zones",
          "inaccessible-encryption-credentials",
          "the KMS key is disabled, deleted or not permitted",
          "inaccessible-encryption-credentials-recoverable",
          "the KMS key is disabled or not permitted: enable it and start the instance",
          "storage-full",
          "it has no storage left: give it more");

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
    return "is '" + word + "': " + BAD.getOrDefault(word, "that does not pass by itself");
  }
}
