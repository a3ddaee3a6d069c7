package io.rekindle.action.aws.rds.backup;

import io.rekindle.plan.step.data.Backup;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a restore job is told. A recovery point remembers more than a restore takes: its own
 * snapshot and what is there for people only let the job fail, and the network, groups, zones and
 * keys are those of the Region it comes from. So only what is listed here is carried over.
 *
 * @param remembered what the recovery point says of the database that it was made of
 * @see <a
 *     href="https://docs.aws.amazon.com/aws-backup/latest/devguide/restore-testing-inferred-metadata.html">
 *     The keys, whose case does not count</a>
 */
record RestoreMetadata(Backup.Restore with, String name, Map<String, String> remembered) {
  static final String INSTANCE = "DBInstanceIdentifier";
  static final String CLUSTER = "DBClusterIdentifier";
  static final String CLASS = "DBInstanceClass";
  private static final String STORAGE = "StorageType";
  private static final String IOPS = "Iops";
  private static final String PORT = "Port";

  /** It is said where the point says it, because AWS does not list it among the keys. */
  private static final String TAGS_ON_SNAPSHOTS = "CopyTagsToSnapshot";

  private static final Set<String> OF_INSTANCES =
      Set.of("EnableIAMDatabaseAuthentication", "LicenseModel", STORAGE);

  /** Without a version AWS takes the default of the Region. */
  private static final Set<String> OF_CLUSTERS =
      Set.of("EnableIAMDatabaseAuthentication", "Engine", "EngineMode", "EngineVersion");

  /** What small gp3 volumes have unasked; AWS refuses to be asked for it there. */
  private static final int BASE_IOPS = 3000;

  Map<String, String> ofInstance(String instanceClass) {
    Map<String, String> told = common(OF_INSTANCES);
    told.put(INSTANCE, name);
    told.put(CLASS, instanceClass);
    told.put("DBParameterGroupName", with.parameterGroup());
    told.put("MultiAZ", String.valueOf(with.multiAz()));
    told.put("PubliclyAccessible", "false");
    iops().ifPresent(iops -> told.put(IOPS, iops));
    value(TAGS_ON_SNAPSHOTS).ifPresent(any -> told.put(TAGS_ON_SNAPSHOTS, "true"));
    if (with.optionGroup() != null) {
      told.put("OptionGroupName", with.optionGroup());
    }
    return told;
  }

  Map<String, String> ofCluster() {
    Map<String, String> told = common(OF_CLUSTERS);
    told.put(CLUSTER, name);
    told.put("DBClusterParameterGroupName", String.valueOf(with.clusterParameterGroup()));
    return told;
  }

  private Map<String, String> common(Set<String> carriedOver) {
    Map<String, String> told = new TreeMap<>();
    carriedOver.forEach(key -> value(key).ifPresent(value -> told.put(key, value)));
    value(PORT).filter(port -> !port.equals("0")).ifPresent(port -> told.put(PORT, port));
    told.put("DBSubnetGroupName", with.network().subnetGroup());
    told.put(
        "VpcSecurityGroupIds",
        with.network().securityGroups().stream()
            .map(group -> '"' + group + '"')
            .collect(Collectors.joining(",", "[", "]")));
    told.put("DeletionProtection", "false");
    return told;
  }

  /** Told nothing, AWS takes what the type has at least. */
  private Optional<String> iops() {
    boolean provisioned = value(STORAGE).filter(type -> type.startsWith("io")).isPresent();
    boolean isGp3 = value(STORAGE).filter("gp3"::equals).isPresent();
    return value(IOPS).filter(iops -> provisioned || isGp3 && Integer.parseInt(iops) > BASE_IOPS);
  }

  private Optional<String> value(String key) {
    String wanted = key.toLowerCase(Locale.ROOT);
    return remembered.entrySet().stream()
        .filter(each -> each.getKey().toLowerCase(Locale.ROOT).equals(wanted))
        .map(Map.Entry::getValue)
        .filter(value -> value != null && !value.isBlank() && !value.equals("null"))
        .findFirst();
  }
}
