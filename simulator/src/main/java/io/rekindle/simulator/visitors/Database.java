package io.rekindle.simulator.visitors;

import io.rekindle.plan.value.RegionName;
import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Json;
import io.rekindle.simulator.wire.Xml;
import java.util.Map;
import java.util.UUID;
import org.w3c.dom.Element;

/** A seeded instance of MySQL, and what one must know to use it. */
record Database(Client client, String id, String host, int port, String password) {
  private static final String RDS = "2014-10-31";
  private static final String SCHEMA = "visitors";
  private static final String USER = "admin";

  static Database create(Client client, String id, String subnetGroup, Estate estate) {
    String password = UUID.randomUUID().toString();
    client.query(
        "rds",
        RDS,
        "CreateDBInstance",
        Map.ofEntries(
            Map.entry("DBInstanceIdentifier", id),
            Map.entry("Engine", "mysql"),
            Map.entry("EngineVersion", "8.0.40"),
            Map.entry("DBInstanceClass", "db.t3.micro"),
            Map.entry("AllocatedStorage", "20"),
            Map.entry("DBName", SCHEMA),
            Map.entry("MasterUsername", USER),
            Map.entry("MasterUserPassword", password),
            Map.entry("DBSubnetGroupName", subnetGroup),
            Map.entry("DBParameterGroupName", SeededEstate.PARAMETERS),
            Map.entry("VpcSecurityGroupIds.VpcSecurityGroupId.1", estate.databaseGroup()),
            Map.entry("BackupRetentionPeriod", "7"),
            Map.entry("StorageEncrypted", "true"),
            Map.entry("KmsKeyId", estate.key())));
    Element endpoint =
        Xml.all(
                client.query("rds", RDS, "DescribeDBInstances", Map.of("DBInstanceIdentifier", id)),
                "Endpoint")
            .getFirst();
    int port = Integer.parseInt(Xml.text(endpoint, "Port"));
    return new Database(client, id, Xml.text(endpoint, "Address"), port, password);
  }

  /** Keeps host, port, user and password in the secret that tasks read. */
  void keepIn(Client in) {
    Map<String, String> content =
        Map.of(
            "engine", "mysql",
            "host", host,
            "port", Integer.toString(port),
            "username", USER,
            "password", password,
            "dbname", SCHEMA);
    in.json(
        "secretsmanager",
        "secretsmanager",
        "CreateSecret",
        Map.of(
            "Name",
            World.SECRET,
            "SecretString",
            Json.print(content),
            "ClientRequestToken",
            UUID.randomUUID().toString()));
  }

  /** As the hourly copies of its snapshots do. */
  void copyTo(Client other, String key) {
    String name = id + "-hourly";
    client.query(
        "rds",
        RDS,
        "CreateDBSnapshot",
        Map.of("DBInstanceIdentifier", id, "DBSnapshotIdentifier", name));
    other.query(
        "rds",
        RDS,
        "CopyDBSnapshot",
        Map.of(
            "SourceDBSnapshotIdentifier",
            "arn:%s:rds:%s:%s:snapshot:%s"
                .formatted(
                    new RegionName(client.region()).partition(),
                    client.region(),
                    client.caller().account(),
                    name),
            "TargetDBSnapshotIdentifier",
            name,
            "KmsKeyId",
            key));
  }

  String url() {
    return "jdbc:mariadb://" + host + ":" + port + "/" + SCHEMA;
  }

  String user() {
    return USER;
  }
}
