package io.rekindle.simulator.fake;

import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Refusal;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * What AWS refuses about read replicas.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstanceReadReplica.html">
 *     CreateDBInstanceReadReplica</a>
 */
final class RdsReplicaGuards {
  private static final Set<String> WITH_GROUP = Set.of("mysql", "db2-se", "db2-ae");

  private RdsReplicaGuards() {}

  static Optional<Element> source(Request request, Cloud cloud) {
    Thing source = Thing.of(request, "db", request.need("SourceDBInstanceIdentifier"));
    return instance(Client.as(request, cloud).in(source.region()), source.id());
  }

  private static Optional<Element> instance(Client client, String id) {
    Reply reply =
        client.form("rds", "2014-10-31", "DescribeDBInstances", Map.of("DBInstanceIdentifier", id));
    return reply.succeeded()
        ? Xml.all(Xml.parse(reply.text()), "DBInstance").stream().findFirst()
        : Optional.empty();
  }

  static Optional<Refusal> creating(Request request, Cloud cloud) {
    if (instance(Client.as(request, cloud), request.need("DBInstanceIdentifier")).isPresent()) {
      return Optional.of(new Refusal(400, "DBInstanceAlreadyExists", "DB instance already exists"));
    }
    if (lacksSubnets(request, cloud)) {
      return Optional.of(
          new Refusal(404, "DBSubnetGroupNotFoundFault", "DB subnet group not found."));
    }
    return source(request, cloud)
        .map(source -> refusal(request, source))
        .orElseGet(
            () -> Optional.of(new Refusal(404, "DBInstanceNotFound", "The source was not found.")));
  }

  private static boolean lacksSubnets(Request request, Cloud cloud) {
    String name = "DBSubnetGroupName";
    return request
        .field(name)
        .map(group ->
            Client.as(request, cloud)
                .form("rds", "2014-10-31", "DescribeDBSubnetGroups", Map.of(name, group)))
        .filter(reply -> !reply.succeeded())
        .isPresent();
  }

  private static Optional<Refusal> refusal(Request request, Element source) {
    String status = Xml.text(source, "DBInstanceStatus");
    if (!status.equals("available")) {
      return state("The source is not in available state: " + status + ".");
    }
    if (Xml.text(source, "BackupRetentionPeriod").equals("0")) {
      return state("Automated backups are not enabled for this database instance.");
    }
    String engine = Xml.text(source, "Engine");
    if (request.field("DBParameterGroupName").isPresent() && !takesGroup(engine)) {
      return combination(
          "A parameter group can't be specified during Read Replica creation for the following DB"
              + " engine: "
              + engine);
    }
    return keys(request, Xml.text(source, "StorageEncrypted").equals("true"));
  }

  private static boolean takesGroup(String engine) {
    return WITH_GROUP.contains(engine) || engine.startsWith("oracle");
  }

  private static Optional<Refusal> keys(Request request, boolean encrypted) {
    String source = request.need("SourceDBInstanceIdentifier");
    boolean abroad = source.startsWith("arn:") && !source.split(":", 5)[3].equals(request.region());
    boolean key = request.field("KmsKeyId").isPresent();
    if (encrypted && abroad && !key) {
      return combination("You must specify a KMS key for an encrypted replica in another Region.");
    }
    return key && !encrypted
        ? combination("You can't create an encrypted replica of an unencrypted DB instance.")
        : Optional.empty();
  }

  static Optional<Refusal> promoting(Request request, Cloud cloud) {
    return instance(Client.as(request, cloud), request.need("DBInstanceIdentifier"))
        .filter(it -> Xml.text(it, "ReadReplicaSourceDBInstanceIdentifier").isEmpty())
        .flatMap(it -> state("DB Instance is not a read replica."));
  }

  private static Optional<Refusal> state(String message) {
    return Optional.of(new Refusal(400, "InvalidDBInstanceState", message));
  }

  private static Optional<Refusal> combination(String message) {
    return Optional.of(new Refusal(400, "InvalidParameterCombination", message));
  }
}
