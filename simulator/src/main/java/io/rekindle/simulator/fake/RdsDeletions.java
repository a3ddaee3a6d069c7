package io.rekindle.simulator.fake;

import io.rekindle.plan.step.data.Rds;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Refusal;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A deleted instance stays, and keeps its name, until it is gone. */
final class RdsDeletions implements Fake {
  private static final String NAME = "DBInstanceIdentifier";
  private final Map<Thing, Deletion> begun = new ConcurrentHashMap<>();
  private final Map<Thing, Element> retained = new ConcurrentHashMap<>();
  private final Tempo tempo;

  RdsDeletions(Tempo tempo) {
    this.tempo = tempo;
  }

  private record Deletion(String account, String region, Element instance, Instant until) {
    boolean isSeenBy(Request request, Instant now) {
      return account.equals(request.caller().account())
          && region.equals(request.region())
          && now.isBefore(until);
    }
  }

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.service().equals("rds")) {
      return next.answer(request);
    }
    if (request.is("rds", "DescribeDBInstanceAutomatedBackups")) {
      return backups(request);
    }
    Optional<Deletion> named =
        request
            .field(NAME)
            .map(name -> begun.get(Thing.of(request, "db", name)))
            .filter(deletion -> deletion.isSeenBy(request, tempo.now()));
    if (named.isPresent()) {
      return ofOneThatGoes(request, named.get());
    }
    Reply reply = next.answer(request);
    return switch (request.operation()) {
      case "DeleteDBInstance" -> remembering(request, reply);
      case "DescribeDBInstances" -> withThoseThatGo(request, reply);
      default -> reply;
    };
  }

  private Reply remembering(Request request, Reply reply) {
    if (reply.succeeded()) {
      Element instance = Xml.all(Xml.parse(reply.text()), "DBInstance").getFirst();
      Xml.set(instance, "DBInstanceStatus", "deleting");
      Thing thing = Thing.of(request, "db", request.need(NAME));
      Instant until = tempo.end(request.operation(), Rds.DeleteInstance.class, "delete");
      if (request.need("DeleteAutomatedBackups").equals("false")) {
        retained.put(thing, instance);
      }
      begun.put(thing, new Deletion(thing.account(), thing.region(), instance, until));
    }
    return reply;
  }

  private Reply withThoseThatGo(Request request, Reply reply) {
    if (!reply.succeeded() || request.field(NAME).isPresent()) {
      return reply;
    }
    Document answer = Xml.parse(reply.text());
    Element all = Xml.all(answer, "DBInstances").getFirst();
    begun.values().stream()
        .filter(deletion -> deletion.isSeenBy(request, tempo.now()))
        .forEach(deletion -> all.appendChild(answer.importNode(deletion.instance(), true)));
    return reply.with(Xml.print(answer));
  }

  private static Reply ofOneThatGoes(Request request, Deletion deletion) {
    return switch (request.operation()) {
      case "DescribeDBInstances" -> described(deletion.instance());
      case "CreateDBInstance", "RestoreDBInstanceFromDBSnapshot", "CreateDBInstanceReadReplica" ->
          new Refusal(400, "DBInstanceAlreadyExists", "DB instance already exists").to(request);
      default ->
          new Refusal(400, "InvalidDBInstanceState", "The DB instance is being deleted.")
              .to(request);
    };
  }

  private static Reply described(Element instance) {
    Document answer =
        Xml.parse(
            "<DescribeDBInstancesResponse><DescribeDBInstancesResult><DBInstances/>"
                + "</DescribeDBInstancesResult></DescribeDBInstancesResponse>");
    Xml.all(answer, "DBInstances").getFirst().appendChild(answer.importNode(instance, true));
    return Reply.xml(Xml.print(answer));
  }

  /** Those that outlived their instances: of one of them, or of all. */
  private Reply backups(Request request) {
    String backups =
        retained.entrySet().stream()
            .filter(each -> each.getKey().equals(Thing.of(request, "db", each.getKey().id())))
            .filter(each -> isAskedFor(request, each.getValue()))
            .map(each -> backup(each.getValue()))
            .collect(Collectors.joining());
    return Reply.xml(
        "<DescribeDBInstanceAutomatedBackupsResponse><DescribeDBInstanceAutomatedBackupsResult>"
            + "<DBInstanceAutomatedBackups>"
            + backups
            + "</DBInstanceAutomatedBackups></DescribeDBInstanceAutomatedBackupsResult>"
            + "</DescribeDBInstanceAutomatedBackupsResponse>");
  }

  private static boolean isAskedFor(Request request, Element instance) {
    return request.field(NAME).map(Xml.text(instance, NAME)::equals).orElse(true);
  }

  private static String backup(Element instance) {
    return """
    <DBInstanceAutomatedBackup><DBInstanceIdentifier>%s</DBInstanceIdentifier>\
    <Status>retained</Status><BackupRetentionPeriod>%s</BackupRetentionPeriod>\
    </DBInstanceAutomatedBackup>\
    """
        .formatted(Xml.text(instance, NAME), Xml.text(instance, "BackupRetentionPeriod"));
  }

  @Override
  public void forget() {
    begun.clear();
    retained.clear();
  }
}
