package io.rekindle.action.aws.rds.backup;

import io.rekindle.action.Readiness.RecoveryPoint;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.data.Backup;
import io.rekindle.plan.step.data.Backup.Restore.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.DescribeRestoreJobResponse;
import software.amazon.awssdk.services.backup.model.ResourceNotFoundException;
import software.amazon.awssdk.services.backup.model.RestoreJobsListMember;

/**
 * The restore jobs of a step: nothing marks a job as ours but the name of what it makes, which only
 * this step of this run gives. How long AWS Backup remembers the token of a start it does not say,
 * so jobs are looked for, not only started again.
 */
record RestoreJobs(Work<Backup.Restore> work, Target target) {
  static final Duration LOOK = Duration.ofSeconds(30);

  /**
   * @param point of what it is a restore
   * @param made the ARN of what it makes; empty before AWS says it
   * @param instanceClass of what it makes; empty for clusters
   */
  record Job(
      String id,
      String status,
      String message,
      String percent,
      RecoveryPoint point,
      String made,
      Instant created,
      String instanceClass) {

    Job of(String other) {
      return new Job(id, status, message, percent, point, made, created, other);
    }

    boolean isGoingOn() {
      return !isCompleted() && !hasFailed();
    }

    boolean isCompleted() {
      return status.equals("COMPLETED");
    }

    boolean hasFailed() {
      return status.equals("FAILED") || status.equals("ABORTED");
    }

    /** What AWS Backup passes on of RDS's words; it has no code for it. */
    boolean lacksMachines() {
      String said = message.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
      return hasFailed() && said.contains("insufficient") && said.contains("capacity");
    }

    String says() {
      return "the restore job %s is %s, %s done".formatted(id, status, percent);
    }
  }

  private BackupClient backup() {
    return work.client(BackupClient.class, BackupClient::builder);
  }

  /** The newest first. Of one that goes on and whose id is known, only that. */
  List<Job> all() {
    Optional<Job> known = work.receipt(Change.RESTORE).flatMap(this::describe);
    if (known.filter(Job::isGoingOn).isPresent()) {
      return known.stream().toList();
    }
    Predicate<Job> isKnown = job -> known.filter(it -> it.id().equals(job.id())).isPresent();
    return Stream.concat(known.stream(), listed().filter(isKnown.negate()))
        .sorted(Comparator.comparing(Job::created).reversed())
        .toList();
  }

  /** The one that made something; empty when none did. */
  Optional<Job> makerOf(String arn) {
    return all().stream().filter(job -> job.made().equals(arn)).findFirst();
  }

  private Optional<Job> describe(String id) {
    try {
      return ours(job(backup().describeRestoreJob(request -> request.restoreJobId(id))));
    } catch (ResourceNotFoundException notSeenYet) {
      return Optional.empty();
    }
  }

  /** A point is restored only after it was made, which keeps the list short. */
  private Stream<Job> listed() {
    Optional<Agreed> agreed = work.before(Change.RESTORE, Agreed.class);
    return backup()
        .listRestoreJobsPaginator(request ->
            request
                .byResourceType(target.type())
                .byCreatedAfter(agreed.map(Agreed::time).orElse(null)))
        .restoreJobs()
        .stream()
        .map(RestoreJobs::job)
        .filter(job -> job.made().isEmpty() || target.isOwnArn(job.made()))
        .flatMap(job -> ours(job).stream());
  }

  private Optional<Job> ours(Job job) {
    Map<String, String> told = told(job.id());
    return value(told, target.key()).equals(target.name())
        ? Optional.of(job.of(value(told, RestoreMetadata.CLASS)))
        : Optional.empty();
  }

  /** What a job was told; the letters of its keys may be large or small. */
  private Map<String, String> told(String id) {
    try {
      return backup().getRestoreJobMetadata(request -> request.restoreJobId(id)).metadata();
    } catch (ResourceNotFoundException notSeenYet) {
      return Map.of();
    }
  }

  private static String value(Map<String, String> metadata, String key) {
    return metadata.entrySet().stream()
        .filter(each -> each.getKey().equalsIgnoreCase(key))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  private static Job job(DescribeRestoreJobResponse job) {
    return new Job(
        job.restoreJobId(),
        String.valueOf(job.statusAsString()),
        Objects.requireNonNullElse(job.statusMessage(), ""),
        Objects.requireNonNullElse(job.percentDone(), "0.00%"),
        new RecoveryPoint(
            job.recoveryPointArn(),
            Objects.requireNonNullElse(job.recoveryPointCreationDate(), Instant.EPOCH)),
        Objects.requireNonNullElse(job.createdResourceArn(), ""),
        job.creationDate(),
        "");
  }

  private static Job job(RestoreJobsListMember job) {
    return new Job(
        job.restoreJobId(),
        String.valueOf(job.statusAsString()),
        Objects.requireNonNullElse(job.statusMessage(), ""),
        Objects.requireNonNullElse(job.percentDone(), "0.00%"),
        new RecoveryPoint(
            job.recoveryPointArn(),
            Objects.requireNonNullElse(job.recoveryPointCreationDate(), Instant.EPOCH)),
        Objects.requireNonNullElse(job.createdResourceArn(), ""),
        job.creationDate(),
        "");
  }

  /**
   * Starts one.
   *
   * @param token the same for the same start
   */
  String start(String point, Map<String, String> metadata, String token) {
    return backup()
        .startRestoreJob(request ->
            request
                .recoveryPointArn(point)
                .resourceType(target.type())
                .iamRoleArn(work.with().restoreRole().value())
                .metadata(metadata)
                .copySourceTagsToRestoredResource(false)
                .idempotencyToken(token))
        .restoreJobId();
  }
}
