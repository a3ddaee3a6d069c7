package io.rekindle.action.aws.traffic;

import io.rekindle.action.aws.AwsFailures;
import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.traffic.Traffic;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The object that an inverted health check reads: while it is there, the primary is unhealthy. */
record HealthSwitch(Work<Traffic.FlipHealthSwitch> work) {
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private S3Client s3() {
    return work.client(S3Client.class, S3Client::builder);
  }

  /** Whether users are sent to the recovery Region. */
  boolean isOn() {
    return exists(() ->
        s3().headObject(request -> request.bucket(work.with().bucket()).key(work.with().key())));
  }

  boolean hasBucket() {
    return exists(() -> s3().headBucket(request -> request.bucket(work.with().bucket())));
  }

  /** A question for what is not there is answered without a code. */
  private static boolean exists(Runnable look) {
    try {
      look.run();
      return true;
    } catch (S3Exception refused) {
      if (refused.statusCode() == NOT_FOUND) {
        return false;
      }
      throw refused;
    }
  }

  void turn(boolean on) {
    if (on) {
      String text =
          "step %s of run %s".formatted(work.call().key().step(), work.call().key().run());
      s3().putObject(
              request ->
                  request
                      .bucket(work.with().bucket())
                      .key(work.with().key())
                      .contentType("text/plain"),
              RequestBody.fromString(text));
    } else {
      s3().deleteObject(request -> request.bucket(work.with().bucket()).key(work.with().key()));
    }
  }

  /** Who may read the object, as health checkers must; of an absent one, who could. */
  Readers readers() {
    try {
      return isOn()
          ? isReadableByAnybody() ? Readers.EVERYBODY : Readers.NOT_EVERYBODY
          : readersOfWhatIsPut();
    } catch (S3Exception refused) {
      if (refused.statusCode() == FORBIDDEN) {
        return Readers.UNKNOWN;
      }
      throw refused;
    }
  }

  /** S3 is asked without a signature. */
  private boolean isReadableByAnybody() {
    try {
      work.clientOfNobody(S3Client.class, S3Client::builder)
          .headObject(request -> request.bucket(work.with().bucket()).key(work.with().key()));
      return true;
    } catch (S3Exception refused) {
      if (refused.statusCode() == FORBIDDEN || refused.statusCode() == NOT_FOUND) {
        return false;
      }
      throw refused;
    }
  }

  /** What is put is its owner's alone, unless the bucket's policy says otherwise. */
  private Readers readersOfWhatIsPut() {
    try {
      boolean isPublic =
          Boolean.TRUE.equals(
              s3().getBucketPolicyStatus(request -> request.bucket(work.with().bucket()))
                  .policyStatus()
                  .isPublic());
      return isPublic ? isRestricted() ? Readers.NOBODY : Readers.EVERYBODY : Readers.NOT_EVERYBODY;
    } catch (S3Exception refused) {
      if (AwsFailures.is(refused, "NoSuchBucketPolicy")) {
        return Readers.NOBODY;
      }
      throw refused;
    }
  }

  private boolean isRestricted() {
    try {
      return Boolean.TRUE.equals(
          s3().getPublicAccessBlock(request -> request.bucket(work.with().bucket()))
              .publicAccessBlockConfiguration()
              .restrictPublicBuckets());
    } catch (S3Exception refused) {
      if (AwsFailures.is(refused, "NoSuchPublicAccessBlockConfiguration")) {
        return false;
      }
      throw refused;
    }
  }

  String noBucket() {
    return "the bucket %s does not exist in %s"
        .formatted(work.with().bucket(), work.call().region());
  }

  /** Whether health checkers see the object, in words. */
  String inWords(Readers readers) {
    return "the object %s in bucket %s %s"
        .formatted(work.with().key(), work.with().bucket(), readers.words());
  }

  /** Who may read the object. */
  enum Readers {
    EVERYBODY("is public"),
    /** The policy may still let the health checkers read it, by their addresses. */
    NOT_EVERYBODY("is not public: health checkers must be able to read it"),
    NOBODY(
        "is nobody's but its owner's: let everybody read it by the bucket's policy, and let Block"
            + " Public Access not restrict that"),
    UNKNOWN("may be read by whom, S3 did not tell: health checkers must be able to");

    private final String words;

    Readers(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }
}
