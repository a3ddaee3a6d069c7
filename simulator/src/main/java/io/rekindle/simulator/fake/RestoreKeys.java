package io.rekindle.simulator.fake;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The keys of the metadata that AWS Backup takes for a restore, whatever their letters' case; those
 * of RDS are named as its parameters.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html">
 *     Restore testing inferred metadata</a>
 */
final class RestoreKeys {
  private static final Set<String> OF_INSTANCES =
      Set.of(
          "AllocatedStorage",
          "AutoMinorVersionUpgrade",
          "AvailabilityZone",
          "CopyTagsToSnapshot",
          "DBInstanceClass",
          "DBInstanceIdentifier",
          "DBName",
          "DBParameterGroupName",
          "DBSubnetGroupName",
          "DeletionProtection",
          "EnableIAMDatabaseAuthentication",
          "Engine",
          "Iops",
          "LicenseModel",
          "MultiAZ",
          "OptionGroupName",
          "Port",
          "PubliclyAccessible",
          "StorageType",
          "VpcSecurityGroupIds");

  private static final Set<String> OF_CLUSTERS =
      Set.of(
          "AvailabilityZones",
          "DBClusterIdentifier",
          "DBClusterParameterGroupName",
          "DBSubnetGroupName",
          "DatabaseName",
          "DeletionProtection",
          "EnableIAMDatabaseAuthentication",
          "Engine",
          "EngineMode",
          "EngineVersion",
          "KmsKeyId",
          "OptionGroupName",
          "Port",
          "VpcSecurityGroupIds");

  /** Takes part in no restore, but does no harm. */
  private static final String REQUEST = "aws:backup:request-id";

  /** AWS takes it and lets the job fail: it says the same as the recovery point. */
  static final String SNAPSHOT = "DBSnapshotIdentifier";

  private static final Map<String, String> SHOWN =
      Map.of(
          "EnableIAMDatabaseAuthentication", "IAMDatabaseAuthenticationEnabled",
          "DBClusterParameterGroupName", "DBClusterParameterGroup");

  private RestoreKeys() {}

  static Set<String> of(boolean cluster) {
    return cluster ? OF_CLUSTERS : OF_INSTANCES;
  }

  /** The element by which RDS describes it. */
  static String shownAs(String key) {
    return SHOWN.getOrDefault(key, key);
  }

  /** The parameter that is meant; empty for what AWS Backup does not know. */
  static Optional<String> parameter(boolean cluster, String key) {
    return Stream.concat(of(cluster).stream(), Stream.of(REQUEST, SNAPSHOT))
        .filter(known -> known.toLowerCase(Locale.ROOT).equals(key.toLowerCase(Locale.ROOT)))
        .findFirst();
  }
}
