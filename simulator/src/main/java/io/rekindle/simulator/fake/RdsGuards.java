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

/** Refuses what AWS refuses and the emulator lets pass. */
final class RdsGuards implements Fake {
  private static final Set<String> SERVING =
      Set.of("available", "storage-optimization", "storage-initialization");

  private static final Set<String> FAILED =
      Set.of(
          "failed",
          "incompatible-network",
          "incompatible-restore",
          "insufficient-capacity",
          "restore-error");

  @Override
  public Reply answer(Request request, Cloud next) {
    return refusal(request, next)
        .map(refusal -> refusal.to(request))
        .orElseGet(() -> next.answer(request));
  }

  private static Optional<Refusal> refusal(Request request, Cloud cloud) {
    if (!request.service().equals("rds")) {
      return Optional.empty();
    }
    return switch (request.operation()) {
      case "RestoreDBInstanceFromDBSnapshot" ->
          notReady(snapshot(request, request.need("DBSnapshotIdentifier"), cloud));
      case "CopyDBSnapshot" -> copying(request, cloud);
      case "CreateDBSnapshot", "DeleteDBInstance", "RebootDBInstance" -> busy(request, cloud);
      case "CreateDBInstanceReadReplica" -> RdsReplicaGuards.creating(request, cloud);
      case "PromoteReadReplica" ->
          RdsReplicaGuards.promoting(request, cloud).or(() -> busy(request, cloud));
      case "ModifyDBInstance" -> taken(request, cloud).or(() -> busy(request, cloud));
      default -> Optional.empty();
    };
  }

  private static Optional<Refusal> copying(Request request, Cloud cloud) {
    String source = request.need("SourceDBSnapshotIdentifier");
    Optional<Element> snapshot = snapshot(request, source, cloud);
    boolean locked = snapshot.map(it -> Xml.text(it, "Encrypted").equals("true")).orElse(false);
    boolean abroad = source.startsWith("arn:") && !source.split(":", 5)[3].equals(request.region());
    if (locked && abroad && request.field("KmsKeyId").isEmpty()) {
      return Optional.of(
          new Refusal(
              400,
              "InvalidParameterValue",
              "You must provide a KmsKeyId to copy an encrypted snapshot from another Region."));
    }
    return notReady(snapshot);
  }

  private static Optional<Refusal> notReady(Optional<Element> snapshot) {
    return snapshot
        .map(it -> Xml.text(it, "Status"))
        .filter(status -> !status.equals("available"))
        .map(status ->
            new Refusal(
                400,
                "InvalidDBSnapshotState",
                "The snapshot is in state " + status + ", not available."));
  }

  private static Optional<Refusal> busy(Request request, Cloud cloud) {
    String name = request.need("DBInstanceIdentifier");
    return instance(request, name, cloud)
        .map(it -> Xml.text(it, "DBInstanceStatus"))
        .filter(status -> !SERVING.contains(status))
        .filter(status -> !(status.equals("stopped") && request.is("rds", "DeleteDBInstance")))
        .filter(status -> !(FAILED.contains(status) && isDeletedForGood(request)))
        .map(status ->
            new Refusal(
                400,
                "InvalidDBInstanceState",
                "Database instance " + name + " is not in available state: " + status + "."));
  }

  /** What has failed can be deleted, but no longer be kept as a final snapshot. */
  private static boolean isDeletedForGood(Request request) {
    return request.is("rds", "DeleteDBInstance")
        && request.need("SkipFinalSnapshot").equals("true");
  }

  /** The emulator would replace the instance that has the name already. */
  private static Optional<Refusal> taken(Request request, Cloud cloud) {
    return request
        .field("NewDBInstanceIdentifier")
        .flatMap(name -> instance(request, name, cloud))
        .map(it -> new Refusal(400, "DBInstanceAlreadyExists", "DB instance already exists"));
  }

  private static Optional<Element> instance(Request request, String name, Cloud cloud) {
    return described(
        Client.as(request, cloud), "DescribeDBInstances", Map.of("DBInstanceIdentifier", name));
  }

  private static Optional<Element> snapshot(Request request, String name, Cloud cloud) {
    Thing thing = Thing.of(request, "snapshot", name);
    return described(
        Client.as(request, cloud).in(thing.region()),
        "DescribeDBSnapshots",
        Map.of("DBSnapshotIdentifier", thing.id()));
  }

  private static Optional<Element> described(
      Client client, String operation, Map<String, String> named) {
    Reply reply = client.form("rds", "2014-10-31", operation, named);
    String element = operation.replaceFirst("Describe(\\w+)s", "$1");
    return reply.succeeded()
        ? Xml.all(Xml.parse(reply.text()), element).stream().findFirst()
        : Optional.empty();
  }
}
