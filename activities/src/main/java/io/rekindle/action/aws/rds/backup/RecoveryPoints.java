package io.rekindle.action.aws.rds.backup;

import io.rekindle.action.Readiness.RecoveryPoint;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.shape.Durations;
import io.rekindle.plan.step.data.Backup;
import io.rekindle.plan.step.data.Backup.RecoveryPointChoice;
import io.rekindle.plan.value.Arn;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.DescribeRecoveryPointResponse;
import software.amazon.awssdk.services.backup.model.RecoveryPointByBackupVault;
import software.amazon.awssdk.services.backup.model.ResourceNotFoundException;

/**
 * The recovery points of the step's vault. What was copied there from another Region still names
 * the database by the ARN it has in that one, and "copies retain their source configuration,
 * including creation dates": the date is that of the data.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html">
 *     Creating a copy</a>
 */
record RecoveryPoints(Work<Backup.Restore> work) {
  private static final String COMPLETED = "COMPLETED";

  /** The one that a step would restore now, or why there is none. */
  sealed interface Choice {
    record Found(RecoveryPoint point) implements Choice {}

    record None(String why) implements Choice {}
  }

  private BackupClient backup() {
    return work.client(BackupClient.class, BackupClient::builder);
  }

  private String vault() {
    return work.with().vault();
  }

  private String here() {
    return "the vault " + vault() + " of " + work.call().region();
  }

  /** What was agreed on goes before what the plan says. */
  Choice choose() {
    String agreed = work.call().point().id();
    if (agreed != null) {
      return exactly(agreed);
    }
    return switch (work.with().recoveryPoint()) {
      case RecoveryPointChoice.Exact exact -> exactly(exact.arn().value());
      case RecoveryPointChoice.Latest latest -> latest(latest);
    };
  }

  private Choice exactly(String arn) {
    String region = new Arn(arn).region();
    if (!region.equals(work.call().region())) {
      return new Choice.None(
          "the recovery point %s is not in %s: copy it there, then retry"
              .formatted(arn, work.call().region()));
    }
    return describe(arn)
        .map(this::usable)
        .orElseGet(() ->
            new Choice.None(
                "the recovery point %s does not exist in %s: choose another (retry --set recoveryPoint=…)"
                    .formatted(arn, here())));
  }

  private Optional<DescribeRecoveryPointResponse> describe(String arn) {
    try {
      return Optional.of(
          backup()
              .describeRecoveryPoint(
                  request -> request.backupVaultName(vault()).recoveryPointArn(arn)));
    } catch (ResourceNotFoundException none) {
      return Optional.empty();
    }
  }

  private Choice usable(DescribeRecoveryPointResponse point) {
    String wanted = Target.of(work).type();
    if (!COMPLETED.equals(point.statusAsString())) {
      return new Choice.None(
          "the recovery point %s in %s is %s, not COMPLETED: choose another (retry --set recoveryPoint=…)"
              .formatted(point.recoveryPointArn(), here(), point.statusAsString()));
    }
    return wanted.equals(point.resourceType())
        ? new Choice.Found(new RecoveryPoint(point.recoveryPointArn(), point.creationDate()))
        : new Choice.None(
            "the recovery point %s in %s is of %s, but the step restores %s: clusterParameterGroup is for Aurora, and only there"
                .formatted(point.recoveryPointArn(), here(), point.resourceType(), wanted));
  }

  private Choice latest(RecoveryPointChoice.Latest choice) {
    Optional<RecoveryPoint> newest;
    try {
      newest = newest(choice.latestCopyOf());
    } catch (ResourceNotFoundException none) {
      return new Choice.None(
          here() + " does not exist: correct the step (retry --set vault=…), or make it");
    }
    Instant before = work.call().point().before();
    return newest
        .map(point -> fresh(choice, point))
        .orElseGet(() ->
            new Choice.None(
                "no complete recovery point of %s in %s%s; copy one, or choose one (retry --set recoveryPoint=…)"
                    .formatted(
                        choice.latestCopyOf().value(),
                        here(),
                        before == null ? "" : " that holds nothing later than " + before)));
  }

  private Optional<RecoveryPoint> newest(Arn database) {
    Instant before = work.call().point().before();
    return backup()
        .listRecoveryPointsByBackupVaultPaginator(
            request -> request.backupVaultName(vault()).byResourceArn(database.value()))
        .recoveryPoints()
        .stream()
        .filter(each -> COMPLETED.equals(each.statusAsString()))
        .filter(each -> !isInfected(each))
        .filter(each -> before == null || !each.creationDate().isAfter(before))
        .max(Comparator.comparing(RecoveryPointByBackupVault::creationDate))
        .map(each -> new RecoveryPoint(each.recoveryPointArn(), each.creationDate()));
  }

  /** In what a scan of AWS Backup found malware; a person may still name it. */
  private static boolean isInfected(RecoveryPointByBackupVault point) {
    return point.aggregatedScanResult() != null
        && !point.aggregatedScanResult().findingsAsStrings().isEmpty();
  }

  private Choice fresh(RecoveryPointChoice.Latest choice, RecoveryPoint point) {
    return stale(choice, point)
        .<Choice>map(why ->
            new Choice.None(
                "the newest recovery point of %s in %s, %s, is of %s, %s; to use it: retry --set recoveryPoint=…"
                    .formatted(
                        choice.latestCopyOf().value(), here(), point.id(), point.time(), why)))
        .orElseGet(() -> new Choice.Found(point));
  }

  /** What keeps it from being used; empty when nothing does. */
  private Optional<String> stale(RecoveryPointChoice.Latest choice, RecoveryPoint point) {
    Duration age = Duration.between(point.time(), work.call().now());
    Duration maxAge = choice.maxAge();
    Instant notBefore = choice.notBefore();
    if (maxAge != null && age.compareTo(maxAge) > 0) {
      return Optional.of("older than " + Durations.format(maxAge));
    }
    return notBefore != null && point.time().isBefore(notBefore)
        ? Optional.of("before " + notBefore)
        : Optional.empty();
  }

  /** What the database was like when it was saved. */
  Map<String, String> metadata(String arn) {
    return backup()
        .getRecoveryPointRestoreMetadata(
            request -> request.backupVaultName(vault()).recoveryPointArn(arn))
        .restoreMetadata();
  }
}
