package io.rekindle.action.aws.secrets;

import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.ReplicationStatusType;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * A secret as one Region shows it: the primary, a replica of it, or one of its own.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html">
 *     PrimaryRegion, ReplicationStatus</a>
 */
record RegionalSecret(DescribeSecretResponse shown, String region) {

  /**
   * @param secret its name or its ARN
   */
  static Optional<RegionalSecret> find(SecretsManagerClient client, String secret, String region) {
    try {
      return Optional.of(
          new RegionalSecret(client.describeSecret(request -> request.secretId(secret)), region));
    } catch (ResourceNotFoundException none) {
      return Optional.empty();
    }
  }

  /** The Region that it follows; empty when it can be written here. */
  Optional<String> primaryRegion() {
    return Optional.ofNullable(shown.primaryRegion()).filter(other -> !other.equals(region));
  }

  boolean isReplicaOf(String other) {
    return primaryRegion().filter(other::equals).isPresent();
  }

  boolean isBeingDeleted() {
    return shown.deletedDate() != null;
  }

  /** How its replica in another Region is; empty when it has none there. */
  Optional<ReplicationStatusType> replicaIn(String other) {
    return shown.replicationStatus().stream()
        .filter(status -> other.equals(status.region()))
        .findFirst();
  }
}
