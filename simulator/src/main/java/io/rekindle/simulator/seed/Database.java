package io.rekindle.simulator.seed;

import io.rekindle.plan.value.RegionName;
import io.rekindle.simulator.fake.BackupPoint;
import io.rekindle.simulator.fake.BackupVault;
import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Json;
import io.rekindle.simulator.wire.Xml;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.w3c.dom.Element;

/** A DB instance, and what one must know to use it. */
public record Database(
    Client client, Sort sort, String id, String host, int port, String password) {
  private static final String RDS = "2014-10-31";

  /**
   * What an application asks for in each of its Regions.
   *
   * @param type the instance class
   */
  public record Sort(
      Engine engine,
      String version,
      String type,
      String parameterGroup,
      String schema,
      String user) {}

  /** Where it stands. */
  public record Site(String subnetGroup, String securityGroup, String key) {}

  public static Database create(Client client, Sort sort, String id, Site site) {
    String password = UUID.randomUUID().toString();
    client.query(
        "rds",
        RDS,
        "CreateDBInstance",
        Map.ofEntries(
            Map.entry("DBInstanceIdentifier", id),
            Map.entry("Engine", sort.engine().toString()),
            Map.entry("EngineVersion", sort.version()),
            Map.entry("DBInstanceClass", sort.type()),
            Map.entry("AllocatedStorage", "20"),
            Map.entry("DBName", sort.schema()),
            Map.entry("MasterUsername", sort.user()),
            Map.entry("MasterUserPassword", password),
            Map.entry("DBSubnetGroupName", site.subnetGroup()),
            Map.entry("DBParameterGroupName", sort.parameterGroup()),
            Map.entry("VpcSecurityGroupIds.VpcSecurityGroupId.1", site.securityGroup()),
            Map.entry("BackupRetentionPeriod", "7"),
            Map.entry("StorageEncrypted", "true"),
            Map.entry("KmsKeyId", site.key())));
    Element endpoint =
        Xml.all(
                client.query("rds", RDS, "DescribeDBInstances", Map.of("DBInstanceIdentifier", id)),
                "Endpoint")
            .getFirst();
    int port = Integer.parseInt(Xml.text(endpoint, "Port"));
    return new Database(client, sort, id, Xml.text(endpoint, "Address"), port, password);
  }

  /** In the network of an estate, with a secret that opens it. */
  public static Database create(
      Client client, Sort sort, String id, String subnetGroup, Estate estate, String secret) {
    Database database =
        create(client, sort, id, new Site(subnetGroup, estate.databaseGroup(), estate.key()));
    database.keepIn(secret);
    return database;
  }

  /** Keeps all that opens it in a secret, as tasks read it. */
  public void keepIn(String secret) {
    Map<String, String> content = new HashMap<>();
    content.put("engine", sort.engine().toString());
    content.put("host", host);
    content.put("port", Integer.toString(port));
    content.put("username", sort.user());
    content.put("password", password);
    content.put("dbname", sort.schema());
    Secret.keep(client, secret, Json.print(content));
  }

  /** Takes a snapshot and copies it to another Region, under the same name. */
  public void copyTo(Client other, String snapshot, String key) {
    client.query(
        "rds",
        RDS,
        "CreateDBSnapshot",
        Map.of("DBInstanceIdentifier", id, "DBSnapshotIdentifier", snapshot));
    other.query(
        "rds",
        RDS,
        "CopyDBSnapshot",
        Map.of(
            "SourceDBSnapshotIdentifier",
            arn("snapshot:" + snapshot),
            "TargetDBSnapshotIdentifier",
            snapshot,
            "KmsKeyId",
            key));
  }

  /** Takes a snapshot and has AWS Backup copy it to a vault, as a backup plan would. */
  public String backUpTo(BackupVault vault, String snapshot) {
    client.query(
        "rds",
        RDS,
        "CreateDBSnapshot",
        Map.of("DBInstanceIdentifier", id, "DBSnapshotIdentifier", snapshot));
    return vault.keep(
        BackupPoint.copyOf(arn("db:" + id), Instant.now(), arn("snapshot:" + snapshot)));
  }

  private String arn(String resource) {
    return "arn:%s:rds:%s:%s:%s"
        .formatted(
            new RegionName(client.region()).partition(),
            client.region(),
            client.caller().account(),
            resource);
  }

  public String url() {
    return sort.engine().url(host + ":" + port + "/" + sort.schema());
  }
}
