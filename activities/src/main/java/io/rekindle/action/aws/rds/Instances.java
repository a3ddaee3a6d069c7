package io.rekindle.action.aws.rds;

import io.rekindle.action.ActionCall.Names;
import io.rekindle.action.aws.FittedName;
import io.rekindle.action.aws.InstanceStatus;
import io.rekindle.action.aws.Ownership;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.Databases.InstanceAddress;
import io.rekindle.plan.value.Arn;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;
import software.amazon.awssdk.services.rds.model.Tag;

/** DB instances as RDS shows them in the Region of a step. */
public record Instances(RdsClient rds) {
  public static final Duration LOOK = Duration.ofSeconds(20);

  /** The longest name that an instance may have. */
  private static final int LONGEST = 63;

  public static Instances of(Work<?> work) {
    return new Instances(work.client(RdsClient.class, RdsClient::builder));
  }

  public static String nameOf(Work<?> work, String target) {
    return nameOf(work.call().names(), target);
  }

  static String nameOf(Names names, String target) {
    return FittedName.of(names, target, LONGEST);
  }

  public Optional<DBInstance> find(String id) {
    try {
      return rds
          .describeDBInstances(request -> request.dbInstanceIdentifier(id))
          .dbInstances()
          .stream()
          .findFirst();
    } catch (DbInstanceNotFoundException none) {
      return Optional.empty();
    }
  }

  public static InstanceAddress addressOf(DBInstance instance) {
    return new InstanceAddress(
        instance.endpoint().address(),
        new Arn(instance.dbInstanceArn()),
        instance.endpoint().port());
  }

  /** What earlier runs of the step left, the newest first. */
  public List<DBInstance> left(Ownership ownership) {
    return rds.describeDBInstancesPaginator().dbInstances().stream()
        .filter(instance -> ownership.isAdopted(tags(instance)))
        .sorted(Comparator.comparing(DBInstance::instanceCreateTime).reversed())
        .toList();
  }

  public static boolean isProtected(DBInstance instance) {
    return Boolean.TRUE.equals(instance.deletionProtection());
  }

  void protect(DBInstance instance, boolean from) {
    rds.modifyDBInstance(request ->
        request
            .dbInstanceIdentifier(instance.dbInstanceIdentifier())
            .deletionProtection(from)
            .applyImmediately(true));
  }

  /** Whether its automated backups are kept for so many days, from now on. */
  public static boolean keepsBackups(Work<?> work, DBInstance instance, Integer wanted) {
    PendingModifiedValues pending = instance.pendingModifiedValues();
    boolean kept = wanted.equals(instance.backupRetentionPeriod());
    if (!kept && pending != null && wanted.equals(pending.backupRetentionPeriod())) {
      throw work.underWay(
          "the backups of " + instance.dbInstanceIdentifier() + " are being set", LOOK);
    }
    return kept;
  }

  /** What {@link #retire} leaves behind. */
  static String finalSnapshotOf(Work<?> work, String id) {
    return Archive.nameOf(work, id + "-final");
  }

  /** Deletes it, and keeps its last state: something has been written to it. */
  void retire(String id, String finalSnapshot) {
    rds.deleteDBInstance(request ->
        request
            .dbInstanceIdentifier(id)
            .skipFinalSnapshot(false)
            .deleteAutomatedBackups(false)
            .finalDBSnapshotIdentifier(finalSnapshot));
  }

  /** Deletes it with all its backups: nobody has ever used it. */
  public void discard(String id) {
    rds.deleteDBInstance(request ->
        request.dbInstanceIdentifier(id).skipFinalSnapshot(true).deleteAutomatedBackups(true));
  }

  public static InstanceStatus statusOf(DBInstance instance) {
    return new InstanceStatus(String.valueOf(instance.dbInstanceStatus()));
  }

  public static Map<String, String> tags(DBInstance instance) {
    return tags(instance.tagList());
  }

  public static Map<String, String> tags(List<Tag> tags) {
    return tags.stream().collect(Collectors.toMap(Tag::key, Tag::value));
  }

  public static List<Tag> tags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }
}
