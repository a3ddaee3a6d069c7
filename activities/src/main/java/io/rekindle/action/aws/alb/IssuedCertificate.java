package io.rekindle.action.aws.alb;

import io.rekindle.action.aws.Work;
import io.rekindle.plan.value.Arn;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.acm.model.CertificateStatus;
import software.amazon.awssdk.services.acm.model.ResourceNotFoundException;

/** A certificate that a listener may serve only once ACM has issued it, and until it expires. */
record IssuedCertificate(Work<?> work, Arn arn) {

  /** Why it cannot be served, if it cannot. */
  Optional<String> lack() {
    try {
      return lack(
          work.client(AcmClient.class, AcmClient::builder)
              .describeCertificate(request -> request.certificateArn(arn.value()))
              .certificate());
    } catch (ResourceNotFoundException none) {
      return Optional.of(it() + " does not exist");
    }
  }

  private Optional<String> lack(CertificateDetail seen) {
    if (seen.status() != CertificateStatus.ISSUED) {
      return Optional.of(
          "%s for %s is '%s', and only an ISSUED one can be served: have it issued in this Region, then retry"
              .formatted(it(), seen.domainName(), seen.statusAsString()));
    }
    return hasExpired(seen)
        ? Optional.of(
            "%s for %s expired on %s: renew it, then retry"
                .formatted(it(), seen.domainName(), seen.notAfter()))
        : Optional.empty();
  }

  /** An imported certificate is shown as issued until ACM gets round to it. */
  private boolean hasExpired(CertificateDetail seen) {
    Instant now = work.call().now();
    return seen.notAfter() != null && seen.notAfter().isBefore(now);
  }

  private String it() {
    return "the certificate " + arn;
  }
}
