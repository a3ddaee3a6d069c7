package io.rekindle.simulator.fake;

import io.rekindle.plan.value.RegionName;
import io.rekindle.simulator.wire.Request;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A recovery point in a vault.
 *
 * @param arn what RDS calls the snapshot that it is
 * @param origin of what it is a copy
 * @param metadata what a restore of it could take
 */
record RecoveryPoint(Vault vault, String arn, BackupPoint origin, Map<String, String> metadata) {
  record Vault(String account, String region, String name) {
    static Vault of(Request request, String name) {
      return new Vault(request.caller().account(), request.region(), name);
    }

    String arn() {
      return "arn:%s:backup:%s:%s:backup-vault:%s".formatted(partition(), region, account, name);
    }

    private String serviceRole() {
      return "arn:%s:iam::%s:role/service-role/AWSBackupDefaultServiceRole"
          .formatted(partition(), account);
    }

    private String partition() {
      return new RegionName(region).partition();
    }
  }

  boolean isHere(Request request) {
    return vault.equals(Vault.of(request, vault.name()));
  }

  String type() {
    return origin.isCluster() ? "Aurora" : "RDS";
  }

  String snapshot() {
    return arn.split(":", 7)[6];
  }

  Map<String, Object> shown() {
    Map<String, Object> shown = new LinkedHashMap<>();
    String region = origin.database().split(":", 5)[3];
    shown.put("RecoveryPointArn", arn);
    shown.put("BackupVaultName", vault.name());
    shown.put("BackupVaultArn", vault.arn());
    if (!region.equals(vault.region())) {
      shown.put("SourceBackupVaultArn", new Vault(vault.account(), region, "Default").arn());
    }
    shown.put("ResourceArn", origin.database());
    shown.put("ResourceType", type());
    shown.put("IamRoleArn", vault.serviceRole());
    shown.put("Status", origin.status());
    shown.put("CreationDate", seconds(origin.created()));
    shown.put("IsParent", false);
    shown.put("VaultType", "BACKUP_VAULT");
    return shown;
  }

  /** A list says also what scans found. */
  Map<String, Object> listed() {
    Map<String, Object> listed = shown();
    if (origin.infected()) {
      listed.put("AggregatedScanResult", Map.of("Findings", List.of("MALWARE")));
    }
    return listed;
  }

  /** As AWS writes times into JSON. */
  static double seconds(Instant time) {
    return time.toEpochMilli() / 1000.0;
  }
}
