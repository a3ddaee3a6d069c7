package io.rekindle.action.aws.traffic;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.traffic.Traffic;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.HealthCheckConfig;
import software.amazon.awssdk.services.route53.model.HealthCheckType;
import software.amazon.awssdk.services.route53.model.NoSuchHealthCheckException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The object that an inverted health check reads: while it is there, the primary is unhealthy. */
record HealthSwitch(Work<Traffic.FlipHealthSwitch> work) {
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

  /** Why flipping it would move nobody. Asks Route 53's control plane: not for the way itself. */
  Optional<String> lack() {
    if (!hasBucket()) {
      return Optional.of(
          "the bucket %s does not exist in %s"
              .formatted(work.with().bucket(), work.call().region()));
    }
    String id = work.with().healthCheck().value();
    try {
      HealthCheckConfig check =
          work.clientIn("", Route53Client.class, Route53Client::builder)
              .getHealthCheck(request -> request.healthCheckId(id))
              .healthCheck()
              .healthCheckConfig();
      boolean reads = check.type() == HealthCheckType.HTTP || check.type() == HealthCheckType.HTTPS;
      return reads && Boolean.TRUE.equals(check.inverted())
          ? Optional.empty()
          : Optional.of(
              "the health check %s is not an inverted check of an object (type %s, inverted: %s)"
                  .formatted(id, check.typeAsString(), check.inverted()));
    } catch (NoSuchHealthCheckException none) {
      return Optional.of("the health check %s does not exist".formatted(id));
    }
  }
}
