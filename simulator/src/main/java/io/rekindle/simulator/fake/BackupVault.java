package io.rekindle.simulator.fake;

import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Xml;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.w3c.dom.Element;

/** A vault of AWS Backup in one Region; it exists as soon as something was put into it. */
public record BackupVault(Backups backups, Cloud cloud, String region, String name) {
  private static final String RDS = "2014-10-31";

  /**
   * Copies a recovery point into it, as a rule of a backup plan would; gives the ARN it has here.
   */
  public String keep(BackupPoint point) {
    return backups.tempo().instantly(() -> copy(point));
  }

  private String copy(BackupPoint point) {
    String[] source = point.database().split(":", 6);
    Client there = Client.of(cloud, source[4], source[3]);
    Client here = there.in(region);
    String what = point.isCluster() ? "DBClusterSnapshot" : "DBSnapshot";
    String id = RdsBackupSnapshots.PREFIX + "copyjob-" + UUID.randomUUID();
    Map<String, String> copying = new HashMap<>();
    copying.put("Source" + what + "Identifier", point.snapshot());
    copying.put("Target" + what + "Identifier", id);
    if (isEncrypted(there, what, point.snapshot())) {
      copying.put("KmsKeyId", key(here));
    }
    Element copied =
        Xml.all(here.query("rds", RDS, "Copy" + what, copying), what + "Arn").getFirst();
    RecoveryPoint kept =
        new RecoveryPoint(
            new RecoveryPoint.Vault(source[4], region, name),
            copied.getTextContent(),
            point,
            metadata(there, point));
    backups.keep(kept);
    return kept.arn();
  }

  private static boolean isEncrypted(Client there, String what, String snapshot) {
    String id = snapshot.split(":", 7)[6];
    String asked = "Describe" + what + "s";
    return Xml.all(
            there.query("rds", RDS, asked, Map.of(what + "Identifier", id)),
            what.equals("DBSnapshot") ? "Encrypted" : "StorageEncrypted")
        .stream()
        .anyMatch(it -> it.getTextContent().equals("true"));
  }

  /** A vault encrypts what is copied into it from elsewhere under a key of its own Region. */
  private static String key(Client here) {
    return here.json("kms", "TrentService", "CreateKey", Map.of()).at("/KeyMetadata/Arn").asText();
  }

  /** What the database was like, in its own Region, when it was saved. */
  private static Map<String, String> metadata(Client there, BackupPoint point) {
    String type = point.isCluster() ? "DBCluster" : "DBInstance";
    String name = point.database().split(":", 7)[6];
    Reply reply =
        there.form("rds", RDS, "Describe" + type + "s", Map.of(type + "Identifier", name));
    Optional<Element> found =
        reply.succeeded()
            ? Xml.all(Xml.parse(reply.text()), type).stream().findFirst()
            : Optional.empty();
    Map<String, String> metadata = new HashMap<>();
    found.ifPresent(it ->
        RestoreKeys.of(point.isCluster())
            .forEach(key -> {
              String value = Xml.text(it, RestoreKeys.shownAs(key));
              if (!value.isEmpty()) {
                metadata.put(key, value);
              }
            }));
    found.ifPresent(it -> metadata.put("VpcSecurityGroupIds", groups(it)));
    metadata.put("DBSnapshotIdentifier", point.snapshot());
    metadata.put("aws:backup:request-id", UUID.randomUUID().toString());
    metadata.put("InformationalOnly:MasterUsername", "admin");
    return metadata;
  }

  private static String groups(Element database) {
    return Xml.within(database, "VpcSecurityGroupId")
        .map(group -> '"' + group.getTextContent() + '"')
        .collect(Collectors.joining(",", "[", "]"));
  }
}
