package io.rekindle.action.aws.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.rekindle.action.Failures;
import io.rekindle.action.aws.Work;
import io.rekindle.action.aws.net.Silence;
import io.rekindle.plan.step.compute.Kubernetes;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Puts what an API server refused, or that there was none, into the words of a failure, and says
 * whether to try again. The client's own words are not used: they show the request.
 */
record ApiFailures(Work<Kubernetes.Scale> work, Way way) {
  private static final Duration WHILE_BUSY = Duration.ofSeconds(15);
  private static final int LONGEST_WORDS = 400;

  ApplicationFailure explain(KubernetesClientException failure, String what) {
    String tried =
        "%s of step '%s' could not %s"
            .formatted(work.call().kind(), work.call().key().step(), what);
    if (failure.getCode() <= 0) {
      return cause(failure, CertificateException.class).isPresent()
          ? mistrusted(tried, failure)
          : unanswered(tried, failure);
    }
    return refused(failure, tried);
  }

  private static <E extends Throwable> Optional<E> cause(Throwable failure, Class<E> type) {
    return Stream.iterate(failure, each -> each != null, Throwable::getCause)
        .filter(type::isInstance)
        .map(type::cast)
        .reduce((outer, inner) -> inner);
  }

  private ApplicationFailure mistrusted(String tried, Throwable failure) {
    return Failures.lasting(
        "Mistrusted",
        "%s: what answers at %s is not whom the cluster's authority vouches for (%s). Find out who answers there, or correct the authority, then retry."
            .formatted(tried, way.server(), silence(failure)));
  }

  private ApplicationFailure unanswered(String tried, Throwable failure) {
    return Failures.passing(
        Failures.UNREACHABLE,
        "%s: %s. %s Rekindle retries.".formatted(tried, silence(failure), way.ifSilent()));
  }

  /** Java's client does not tell a connection that was refused from one that cannot be made. */
  private static String silence(Throwable failure) {
    if (cause(failure, UnresolvedAddressException.class).isPresent()) {
      return Silence.of(new UnknownHostException()).words();
    }
    Optional<IOException> told =
        cause(failure, HttpTimeoutException.class)
            .<IOException>map(late -> late)
            .or(() -> cause(failure, SSLException.class));
    if (told.isEmpty() && cause(failure, ConnectException.class).isPresent()) {
      return "no connection could be made";
    }
    return told.or(() -> cause(failure, IOException.class))
        .map(broken -> Silence.of(broken).words())
        .orElse("there was no answer");
  }

  private ApplicationFailure refused(KubernetesClientException failure, String tried) {
    int code = failure.getCode();
    String sentence = "%s: Kubernetes answered %d, \"%s\". ".formatted(tried, code, words(failure));
    return switch (code) {
      case 401 -> Failures.lasting("Unauthorized", sentence + way.ifUnknown());
      case 403 ->
          Failures.lasting(
              "Forbidden",
              sentence
                  + "Allow it there, by an access policy such as AmazonEKSEditPolicy for this"
                  + " namespace or by a Role, then retry.");
      case 409 ->
          Failures.inProgress(
              sentence + "Somebody else changed it just then; Rekindle looks again.",
              work.pace().of(WHILE_BUSY));
      case 429 -> Failures.passing("TooManyRequests", sentence + "Rekindle retries.");
      default ->
          code >= 500
              ? Failures.passing("HTTP" + code, sentence + "Rekindle retries.")
              : Failures.lasting(
                  "HTTP" + code,
                  sentence
                      + "Correct the step (retry --set field=value), or do it by hand and use"
                      + " done.");
    };
  }

  private static String words(KubernetesClientException failure) {
    String said =
        failure.getStatus() == null || failure.getStatus().getMessage() == null
            ? "no words"
            : failure.getStatus().getMessage();
    String line = said.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST_WORDS ? line : line.substring(0, LONGEST_WORDS) + "...";
  }
}
