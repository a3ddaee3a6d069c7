package io.rekindle.action.aws;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What kind of trouble an error code of AWS means, and what can be done about it. */
enum Trouble {
  /** It passes by itself. */
  PASSING(
      "Rekindle retries.",
      "Throttling",
      "ThrottlingException",
      "ThrottledException",
      "TooManyRequestsException",
      "TooManyUpdates",
      "RequestLimitExceeded",
      "RequestThrottled",
      "RequestTimeout",
      "SlowDown",
      "ServiceUnavailable",
      "ServiceUnavailableException",
      "InternalError",
      "InternalFailure",
      "InternalFailureException",
      "InternalServiceError",
      "InternalServerError",
      "ServerException",
      "PriorRequestNotComplete",
      "NoSuchChange",
      "EndpointTemporarilyUnavailableException",
      "DependencyTimeoutException",
      "DependencyFailureException",
      "KeyUnavailableException",
      "KMSInternalException",
      "ConcurrentPipelineExecutionsLimitExceededException"),

  /** Something else is being done with the resource. */
  BUSY(
      "Rekindle waits and retries.",
      "InvalidDBInstanceState",
      "InvalidDBClusterStateFault",
      "InvalidDBSnapshotState",
      "InvalidDBClusterSnapshotStateFault",
      "InvalidGlobalClusterStateFault",
      "ResourceInUseException",
      "ResourceConflictException",
      "PreconditionFailedException",
      "ConflictException",
      "ConcurrentUpdateException",
      "ScalingActivityInProgress",
      "ResourceContention",
      "InvalidGlobalReplicationGroupState",
      "InvalidServerlessCacheStateFault",
      "InvalidUserGroupState",
      "OperationAbortedException"),

  /** AWS has no machines of that sort left. */
  CAPACITY(
      "AWS has no capacity for this here. Retry later or change class or zone (retry --set"
          + " field=value).",
      "InsufficientDBInstanceCapacity",
      "InsufficientDBClusterCapacityFault",
      "InsufficientStorageClusterCapacity",
      "InsufficientCacheClusterCapacity"),

  /** The account may not have more. */
  QUOTA(
      "Free some or raise the quota in this Region, then retry.",
      "InstanceQuotaExceeded",
      "DBClusterQuotaExceededFault",
      "StorageQuotaExceeded",
      "SnapshotQuotaExceeded",
      "ServerlessCacheQuotaForCustomerExceededFault",
      "LimitExceededException",
      "ServiceQuotaExceededException",
      "ParameterLimitExceeded"),

  /** The credentials, or a key, do not allow it. */
  ACCESS(
      "Allow it to %s ('rekindle iam PLAN' prints all that the plan needs), or correct the"
          + " credentials or the key; then retry.",
      "AccessDenied",
      "AccessDeniedException",
      "AccessDeniedFault",
      "UnauthorizedException",
      "UnauthorizedOperation",
      "AuthorizationError",
      "AuthorizationErrorException",
      "ExpiredToken",
      "ExpiredTokenException",
      "InvalidClientTokenId",
      "UnrecognizedClientException",
      "SignatureDoesNotMatch",
      "OptInRequired",
      "KMSKeyNotAccessibleFault",
      "KMSAccessDenied",
      "KMSAccessDeniedException",
      "KMSDisabledException",
      "KMSInvalidStateException",
      "DisabledException",
      "DecryptionFailure",
      "EncryptionFailure"),

  /** What was asked for cannot be. */
  FATAL(
      "Correct the step (retry --set field=value), or do it by hand and use done.",
      "ValidationError",
      "ValidationException",
      "DBSubnetGroupDoesNotCoverEnoughAZs",
      "InvalidSubnet",
      "InvalidVPCNetworkStateFault",
      "InvalidRestoreFault",
      "StorageTypeNotSupported",
      "InvalidChangeBatch",
      "InsufficientCapabilitiesException");

  private static final Map<String, Trouble> BY_CODE = byCode();

  private final String remedy;
  private final List<String> codes;

  Trouble(String remedy, String... codes) {
    this.remedy = remedy;
    this.codes = List.of(codes);
  }

  private static Map<String, Trouble> byCode() {
    Map<String, Trouble> all = new HashMap<>();
    for (Trouble trouble : values()) {
      trouble.codes.forEach(code -> all.put(code, trouble));
    }
    return Map.copyOf(all);
  }

  /**
   * What a person can do.
   *
   * @param who as whom AWS was asked
   */
  String remedy(String who) {
    return remedy.replace("%s", who);
  }

  /** A code that nobody listed is fatal, unless AWS says that the fault is its own. */
  static Trouble of(AwsServiceException failure) {
    String code = AwsFailures.code(failure);
    Trouble listed = BY_CODE.get(code);
    if (listed != null) {
      return listed;
    }
    if (code.startsWith("AccessDenied")) {
      return ACCESS;
    }
    return failure.isThrottlingException() || failure.statusCode() >= 500 ? PASSING : FATAL;
  }
}
