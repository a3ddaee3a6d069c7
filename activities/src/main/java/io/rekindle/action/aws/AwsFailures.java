package io.rekindle.action.aws;

import io.rekindle.action.ActionCall;
import io.rekindle.action.Failures;
import io.rekindle.action.aws.Attempt.Request;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** Puts what AWS threw into the words of a failure, and says whether to try again. */
public final class AwsFailures {
  private static final Duration WHILE_BUSY = Duration.ofSeconds(15);
  private static final int FIRST_PAUSE = 2;
  private static final int LONGEST_PAUSE = 60;
  private static final int LONGEST_WORDS = 400;

  /** The field of {@link io.rekindle.plan.step.Action.Anywhere}. */
  private static final String ROLE = "role";

  private AwsFailures() {}

  /** AWS's own code of the error; empty when it gave none. */
  public static String code(AwsServiceException failure) {
    return failure.awsErrorDetails() == null || failure.awsErrorDetails().errorCode() == null
        ? ""
        : failure.awsErrorDetails().errorCode();
  }

  /** Whether it is one of these errors. */
  public static boolean is(AwsServiceException failure, String... codes) {
    return Stream.of(codes).anyMatch(code(failure)::equals);
  }

  public static boolean isLackOfCapacity(AwsServiceException failure) {
    return Trouble.of(failure) == Trouble.CAPACITY;
  }

  static boolean isExpired(SdkException failure) {
    return failure instanceof AwsServiceException said
        && is(said, "ExpiredToken", "ExpiredTokenException");
  }

  static ApplicationFailure explain(SdkException failure, Attempt attempt, Pace pace) {
    return failure instanceof AwsServiceException said
        ? refused(said, attempt, pace)
        : unanswered(failure, attempt);
  }

  private static ApplicationFailure refused(
      AwsServiceException failure, Attempt attempt, Pace pace) {
    Trouble trouble = Trouble.of(failure);
    String code = code(failure).isEmpty() ? "HTTP" + failure.statusCode() : code(failure);
    String sentence =
        "%s: AWS answered %s, \"%s\". %s"
            .formatted(asked(attempt), code, words(failure), trouble.remedy(who(attempt.call())));
    return switch (trouble) {
      case PASSING -> Failures.passing(code, sentence, pause(attempt.number()));
      case BUSY -> Failures.inProgress(sentence, pace.of(WHILE_BUSY));
      case CAPACITY, QUOTA, ACCESS, FATAL -> Failures.lasting(code, sentence);
    };
  }

  /** A kind that belongs to no Region has its role among its fields. */
  private static String who(ActionCall call) {
    String role =
        call.role() == null ? call.with().path(ROLE).asText() : Objects.requireNonNull(call.role());
    return role.isEmpty() ? "the worker's own identity" : "the role " + role;
  }

  private static ApplicationFailure unanswered(SdkException failure, Attempt attempt) {
    boolean silent = isSilence(failure);
    return Failures.passing(
        silent ? Failures.UNREACHABLE : "NotAsked",
        "%s: %s, \"%s\". Rekindle retries."
            .formatted(
                asked(attempt),
                silent ? "there was no answer" : "the request could not be made",
                line(String.valueOf(rootOf(failure).getMessage()))),
        pause(attempt.number()));
  }

  /** Nothing answered at all: neither the service nor anything on the way to it. */
  private static boolean isSilence(Throwable failure) {
    return Stream.iterate(failure, each -> each != null, Throwable::getCause)
        .anyMatch(each ->
            each instanceof IOException
                || each instanceof ApiCallTimeoutException
                || each instanceof ApiCallAttemptTimeoutException);
  }

  private static Throwable rootOf(Throwable failure) {
    return Stream.iterate(failure, each -> each != null, Throwable::getCause)
        .reduce(failure, (outer, inner) -> inner);
  }

  private static String asked(Attempt attempt) {
    String step = attempt.what() + " could not ";
    Optional<Request> last = attempt.last();
    if (last.isEmpty()) {
      return step + "ask AWS in " + attempt.call().region();
    }
    Request request = last.get();
    return step
        + request.operation()
        + (request.subject().isEmpty() ? "" : " " + request.subject())
        + " ("
        + request.service()
        + " in "
        + request.region()
        + ")";
  }

  private static String words(AwsServiceException failure) {
    String said =
        failure.awsErrorDetails() == null ? null : failure.awsErrorDetails().errorMessage();
    return line(said == null ? "no words" : said);
  }

  private static String line(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() <= LONGEST_WORDS ? line : line.substring(0, LONGEST_WORDS) + "...";
  }

  /** Longer with each attempt, and never the same for all who wait. */
  private static Duration pause(int attempt) {
    double longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * Math.pow(2, attempt - 1));
    return Duration.ofMillis(
        (long) (1000 * (1 + ThreadLocalRandom.current().nextDouble() * (longest - 1))));
  }
}
