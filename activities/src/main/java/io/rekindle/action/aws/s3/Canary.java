package io.rekindle.action.aws.s3;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.shape.Durations;
import io.rekindle.plan.step.data.S3;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The object that the other Region writes again and again, as it is here. A replica keeps the time
 * at which its original was written.
 *
 * @param hasBucket whether its bucket exists
 * @param found empty when it does not exist
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html">Replicating
 *     objects</a>
 */
record Canary(
    Work<S3.AssertReplicated> work, boolean hasBucket, Optional<HeadObjectResponse> found) {
  private static final int NOT_FOUND = 404;
  private static final String REPLICA = "REPLICA";

  static Canary look(Work<S3.AssertReplicated> work) {
    Optional<HeadObjectResponse> found = find(work);
    return new Canary(work, found.isPresent() || hasBucket(work), found);
  }

  private static S3Client s3(Work<S3.AssertReplicated> work) {
    return work.client(S3Client.class, S3Client::builder);
  }

  private static Optional<HeadObjectResponse> find(Work<S3.AssertReplicated> work) {
    try {
      return Optional.of(
          s3(work)
              .headObject(request -> request.bucket(work.with().bucket()).key(work.with().key())));
    } catch (S3Exception refused) {
      return whereNotFound(refused, Optional.empty());
    }
  }

  private static boolean hasBucket(Work<S3.AssertReplicated> work) {
    try {
      s3(work).headBucket(request -> request.bucket(work.with().bucket()));
      return true;
    } catch (S3Exception refused) {
      return whereNotFound(refused, false);
    }
  }

  /** A question for what is not there is answered without a code. */
  private static <T> T whereNotFound(S3Exception refused, T answer) {
    if (refused.statusCode() == NOT_FOUND) {
      return answer;
    }
    throw refused;
  }

  String it() {
    return "the canary object %s in the bucket %s (%s)"
        .formatted(work.with().key(), work.with().bucket(), work.call().region());
  }

  /** In AWS's word; that of an original tells of other Regions. */
  String status() {
    return found.map(HeadObjectResponse::replicationStatusAsString).orElse("none");
  }

  /** When the other Region wrote it. */
  Instant written() {
    return found.map(HeadObjectResponse::lastModified).orElse(Instant.EPOCH);
  }

  /** Why the bucket cannot be counted on, if it cannot. */
  Optional<String> lack() {
    if (!hasBucket) {
      return Optional.of(
          "the bucket %s in %s does not exist"
              .formatted(work.with().bucket(), work.call().region()));
    }
    if (found.isEmpty()) {
      return Optional.of(
          it()
              + " does not exist: no canary has arrived. See what writes it and the rule that"
              + " replicates it, then retry");
    }
    if (!status().equals(REPLICA)) {
      return Optional.of(
          "%s is no replica (its replication status is %s): it was written here, so it does not show"
                  .formatted(it(), status())
              + " that anything arrives. Name one that the other Region writes");
    }
    return delay();
  }

  private Optional<String> delay() {
    Duration age = Duration.between(written(), work.call().now());
    return age.compareTo(work.with().maxLag()) <= 0
        ? Optional.empty()
        : Optional.of(
            "%s was written at %s, longer ago than %s: what was written since is missing here. See"
                    .formatted(it(), written(), Durations.format(work.with().maxLag()))
                + " what writes it and the rule that replicates it, or accept the loss with a"
                + " longer maxLag, then retry");
  }
}
