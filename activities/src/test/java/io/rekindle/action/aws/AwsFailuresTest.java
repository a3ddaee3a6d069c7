package io.rekindle.action.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.rekindle.action.Failures;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

class AwsFailuresTest {
  private static final String WORDS = "Something about\n it";

  private static Attempt attempt(int number) {
    Attempt attempt =
        new Attempt(AnyCall.of("database"), number, Duration.ofSeconds(20), Duration.ZERO);
    attempt.note(new Attempt.Request("Rds", "ModifyDBInstance", "orders-a1b2c3", "us-west-2"));
    return attempt;
  }

  private static ApplicationFailure explained(SdkException failure) {
    return AwsFailures.explain(failure, attempt(1), Pace.OF_AWS);
  }

  private static AwsServiceException refusal(String code, int status) {
    return AwsServiceException.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(WORDS).build())
        .build();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          Throttling,                             400, again
          ThrottlingException,                    400, again
          TooManyRequestsException,               429, again
          TooManyUpdates,                         400, again
          RequestLimitExceeded,                   503, again
          SlowDown,                               503, again
          ServiceUnavailable,                     503, again
          ServiceUnavailableException,            503, again
          InternalFailure,                        500, again
          InternalFailureException,               500, again
          InternalServiceError,                   500, again
          ServerException,                        500, again
          AnythingElse,                           502, again
          PriorRequestNotComplete,                400, again
          EndpointTemporarilyUnavailableException,400, again
          DependencyTimeoutException,             400, again
          KeyUnavailableException,                400, again
          KMSInternalException,                   400, again
          NoSuchChange,                           404, again
          ConcurrentPipelineExecutionsLimitExceededException, 400, again
          InvalidDBInstanceState,                 400, busy
          InvalidDBClusterStateFault,             400, busy
          InvalidDBSnapshotState,                 400, busy
          InvalidDBClusterSnapshotStateFault,     400, busy
          InvalidGlobalClusterStateFault,         400, busy
          ResourceInUseException,                 400, busy
          ResourceConflictException,              409, busy
          ConflictException,                      409, busy
          ConcurrentUpdateException,              400, busy
          ScalingActivityInProgress,              400, busy
          ResourceContention,                     500, busy
          InvalidGlobalReplicationGroupState,     400, busy
          InsufficientDBInstanceCapacity,         400, ask
          InsufficientDBClusterCapacityFault,     403, ask
          InsufficientStorageClusterCapacity,     400, ask
          InsufficientCacheClusterCapacity,       400, ask
          InstanceQuotaExceeded,                  400, ask
          DBClusterQuotaExceededFault,            403, ask
          StorageQuotaExceeded,                   400, ask
          SnapshotQuotaExceeded,                  400, ask
          LimitExceededException,                 400, ask
          AccessDenied,                           403, ask
          AccessDeniedException,                  400, ask
          AccessDeniedOfAnyOtherSpelling,         400, ask
          UnauthorizedException,                  401, ask
          ExpiredToken,                           403, ask
          KMSKeyNotAccessibleFault,               400, ask
          DisabledException,                      400, ask
          KMSInvalidStateException,               400, ask
          DecryptionFailure,                      400, ask
          ValidationError,                        400, ask
          DBSnapshotNotFound,                     404, ask
          DBSubnetGroupDoesNotCoverEnoughAZs,     400, ask
          InvalidSubnet,                          400, ask
          InvalidVPCNetworkStateFault,            400, ask
          InvalidRestoreFault,                    400, ask
          StorageTypeNotSupported,                400, ask
          InvalidChangeBatch,                     400, ask
          InsufficientCapabilitiesException,      400, ask
          NobodyHasSeenThisCode,                  400, ask
          """)
  void knowsWhatEveryCodeMeans(String code, int status, String then) {
    ApplicationFailure failure = explained(refusal(code, status));
    assertThat(meaning(failure)).isEqualTo(then);
    assertThat(failure.getOriginalMessage())
        .startsWith("some.kind of step 'database' could not ModifyDBInstance orders-a1b2c3")
        .contains("us-west-2", code, "\"Something about it\"")
        .endsWith(".");
  }

  private static String meaning(ApplicationFailure failure) {
    if (failure.isNonRetryable()) {
      return "ask";
    }
    return failure.getCategory() == ApplicationErrorCategory.BENIGN
            && failure.getType().equals(Failures.IN_PROGRESS)
        ? "busy"
        : "again";
  }

  @ParameterizedTest
  @MethodSource("silence")
  void knowsSilence(SdkException failure) {
    ApplicationFailure explained = explained(failure);
    assertThat(explained.getType()).isEqualTo(Failures.UNREACHABLE);
    assertThat(explained.isNonRetryable()).isFalse();
  }

  static Stream<SdkException> silence() {
    return Stream.concat(
        Stream.of(
            ApiCallTimeoutException.create(25_000), ApiCallAttemptTimeoutException.create(10_000)),
        Stream.of(
                new ConnectException("Connection refused"),
                new UnknownHostException("rds.us-west-2.amazonaws.com"),
                new SocketTimeoutException("Read timed out"),
                new IOException("Connection reset"))
            .map(cause -> SdkClientException.create("Unable to execute HTTP request", cause)));
  }

  @Test
  void missingCredentialsAreNoSilence() {
    ApplicationFailure failure =
        explained(SdkClientException.create("Unable to load credentials from any provider"));
    assertThat(failure.getType()).isNotEqualTo(Failures.UNREACHABLE);
    assertThat(failure.isNonRetryable()).isFalse();
    assertThat(failure.getOriginalMessage()).contains("Unable to load credentials");
  }

  @Test
  void waitsLongerWithEveryAttemptButNeverMoreThanAMinute() {
    SdkException throttled = refusal("Throttling", 400);
    assertThat(pauses(throttled, 1)).allMatch(pause -> pause.toMillis() <= 2_000);
    assertThat(pauses(throttled, 4)).anyMatch(pause -> pause.toMillis() > 4_000);
    assertThat(pauses(throttled, 40))
        .allMatch(pause -> pause.toMillis() <= 60_000)
        .anyMatch(pause -> pause.toMillis() > 30_000);
  }

  @Test
  void workersThatWereThrottledTogetherComeBackApart() {
    // Fifty draws out of sixty thousand milliseconds: two alike happen, and are no fault.
    assertThat(Set.copyOf(pauses(refusal("Throttling", 400), 40))).hasSizeGreaterThan(40);
  }

  private static List<Duration> pauses(SdkException failure, int attempt) {
    return Stream.generate(() -> AwsFailures.explain(failure, attempt(attempt), Pace.OF_AWS))
        .limit(50)
        .map(ApplicationFailure::getNextRetryDelay)
        .toList();
  }
}
