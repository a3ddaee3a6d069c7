package io.rekindle.action.aws.traffic;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.step.traffic.Traffic;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.HealthCheckConfig;
import software.amazon.awssdk.services.route53.model.HealthCheckType;
import software.amazon.awssdk.services.route53.model.NoSuchHealthCheckException;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** The health check that reads the object, as Route 53's control plane describes it. */
record SwitchCheck(Work<Traffic.FlipHealthSwitch> work) {
  /** The control plane is in us-east-1, which may be what is down: the flip does not need it. */
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  /**
   * What the control plane says.
   *
   * @param lack why flipping the object would move nobody; empty when it would
   * @param notices within which time checkers notice; zero when that is not known
   * @param unasked why the control plane said nothing; empty when it answered
   */
  record Said(String lack, Duration notices, String unasked) {}

  /** Asks once and not for long. */
  Said ask() {
    String id = work.with().healthCheck().value();
    try {
      return said(
          work.clientAnywhere(Route53Client.class, Route53Client::builder)
              .getHealthCheck(request ->
                  request
                      .healthCheckId(id)
                      .overrideConfiguration(limits -> limits.apiCallTimeout(PATIENCE)))
              .healthCheck()
              .healthCheckConfig());
    } catch (NoSuchHealthCheckException none) {
      return new Said("the health check %s does not exist".formatted(id), Duration.ZERO, "");
    } catch (SdkException silence) {
      return new Said(
          "",
          Duration.ZERO,
          "the health check %s was not seen, as Route 53's control plane did not tell: %s"
              .formatted(id, silence.getMessage()));
    }
  }

  private Said said(HealthCheckConfig check) {
    return new Said(lack(check).orElse(""), notices(check), "");
  }

  private static Duration notices(HealthCheckConfig check) {
    return check.requestInterval() == null || check.failureThreshold() == null
        ? Duration.ZERO
        : Duration.ofSeconds((long) check.requestInterval() * check.failureThreshold());
  }

  private Optional<String> lack(HealthCheckConfig check) {
    String id = work.with().healthCheck().value();
    boolean reads = check.type() == HealthCheckType.HTTP || check.type() == HealthCheckType.HTTPS;
    if (!reads || !Boolean.TRUE.equals(check.inverted())) {
      return Optional.of(
          "the health check %s is not an inverted check of an object (type %s, inverted: %s)"
              .formatted(id, check.typeAsString(), check.inverted()));
    }
    if (Boolean.TRUE.equals(check.disabled())) {
      return Optional.of("the health check %s is disabled: enable it".formatted(id));
    }
    return isOfTheObject(check)
        ? Optional.empty()
        : Optional.of(
            "the health check %s reads %s%s, not the object %s under a name of bucket %s in %s"
                .formatted(
                    id,
                    check.fullyQualifiedDomainName(),
                    check.resourcePath(),
                    work.with().key(),
                    work.with().bucket(),
                    work.call().region()));
  }

  private boolean isOfTheObject(HealthCheckConfig check) {
    String host =
        String.valueOf(check.fullyQualifiedDomainName())
            .toLowerCase(Locale.ROOT)
            .replaceFirst("\\.$", "");
    String path = String.valueOf(check.resourcePath()).replaceFirst("\\?.*$", "");
    String bucket = work.with().bucket();
    return services().anyMatch(host::equals) && isPath(path, bucket + "/" + work.with().key())
        || Stream.concat(services(), sites())
                .anyMatch(service -> host.equals(bucket + "." + service))
            && isPath(path, work.with().key());
  }

  private static boolean isPath(String path, String key) {
    return path.equals("/" + key) || path.equals("/" + SdkHttpUtils.urlEncodeIgnoreSlashes(key));
  }

  /** The names of S3 here: https://docs.aws.amazon.com/general/latest/gr/s3.html */
  private Stream<String> services() {
    return Stream.of("s3.%s.%s", "s3-%s.%s", "s3.dualstack.%s.%s").map(this::named);
  }

  /** The names of S3 as a web site, of which there are two, by the age of the Region. */
  private Stream<String> sites() {
    return Stream.of("s3-website-%s.%s", "s3-website.%s.%s").map(this::named);
  }

  private String named(String form) {
    Region region = Region.of(work.call().region());
    return form.formatted(region.id(), PartitionMetadata.of(region).dnsSuffix());
  }
}
