package io.rekindle.simulator.fake;

import io.rekindle.plan.step.data.Aurora;
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

/** A deleted cluster stays, and keeps its name, until it is gone; its backups may stay longer. */
final class RdsClusterDeletions implements Fake {
  private static final String NAME = "DBClusterIdentifier";
  private static final String CLUSTER = "DBCluster";
  private final Map<Thing, Deletion> begun = new ConcurrentHashMap<>();
  private final Map<Thing, Element> retained = new ConcurrentHashMap<>();
  private final Tempo tempo;

  RdsClusterDeletions(Tempo tempo) {
    this.tempo = tempo;
  }

  private record Deletion(Element cluster, Instant until) {}

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.service().equals("rds")) {
      return next.answer(request);
    }
    if (request.is("rds", "DescribeDBClusterAutomatedBackups")) {
      return backups(request);
    }
    Optional<Deletion> named =
        request
            .field(NAME)
            .map(name -> begun.get(Thing.of(request, "cluster", name)))
            .filter(deletion -> tempo.now().isBefore(deletion.until()));
    return named.isPresent() ? ofOneThatGoes(request, named.get()) : behind(request, next);
  }

  private Reply behind(Request request, Cloud next) {
    Reply reply = next.answer(request);
    if (!reply.succeeded()) {
      return reply;
    }
    return switch (request.operation()) {
      case "DeleteDBCluster" -> remembering(request, reply);
      case "DescribeDBClusters" ->
          request.field(NAME).isPresent() ? reply : withThoseThatGo(request, reply);
      default -> reply;
    };
  }

  private Reply remembering(Request request, Reply reply) {
    Document answer = Xml.parse(reply.text());
    Element cluster = Xml.all(answer, CLUSTER).getFirst();
    Xml.set(cluster, "Status", "deleting");
    Thing thing = Thing.of(request, "cluster", request.need(NAME));
    if (request.need("DeleteAutomatedBackups").equals("false")) {
      retained.put(thing, cluster);
    }
    begun.put(
        thing,
        new Deletion(
            cluster, tempo.end(request.operation(), Aurora.DeleteCluster.class, "cluster")));
    return reply.with(Xml.print(answer));
  }

  private Reply withThoseThatGo(Request request, Reply reply) {
    Document answer = Xml.parse(reply.text());
    Element all = Xml.all(answer, "DBClusters").getFirst();
    begun.forEach((thing, deletion) -> {
      if (isHere(request, thing) && tempo.now().isBefore(deletion.until())) {
        all.appendChild(answer.importNode(deletion.cluster(), true));
      }
    });
    return reply.with(Xml.print(answer));
  }

  private static boolean isHere(Request request, Thing thing) {
    return thing.equals(Thing.of(request, "cluster", thing.id()));
  }

  private static Reply ofOneThatGoes(Request request, Deletion deletion) {
    return switch (request.operation()) {
      case "DescribeDBClusters" -> described(deletion.cluster());
      case "CreateDBCluster", "RestoreDBClusterFromSnapshot" ->
          new Refusal(400, "DBClusterAlreadyExistsFault", "DB Cluster already exists").to(request);
      default ->
          new Refusal(400, "InvalidDBClusterStateFault", "The DB cluster is being deleted.")
              .to(request);
    };
  }

  private static Reply described(Element cluster) {
    Document answer =
        Xml.parse(
            "<DescribeDBClustersResponse><DescribeDBClustersResult><DBClusters/>"
                + "</DescribeDBClustersResult></DescribeDBClustersResponse>");
    Xml.all(answer, "DBClusters").getFirst().appendChild(answer.importNode(cluster, true));
    return Reply.xml(Xml.print(answer));
  }

  /** Those that outlived their clusters: of one of them, or of all. */
  private Reply backups(Request request) {
    String backups =
        retained.entrySet().stream()
            .filter(each -> isHere(request, each.getKey()))
            .filter(each -> request.field(NAME).map(each.getKey().id()::equals).orElse(true))
            .map(each -> backup(each.getValue()))
            .collect(Collectors.joining());
    return Reply.xml(
        "<DescribeDBClusterAutomatedBackupsResponse><DescribeDBClusterAutomatedBackupsResult>"
            + "<DBClusterAutomatedBackups>"
            + backups
            + "</DBClusterAutomatedBackups></DescribeDBClusterAutomatedBackupsResult>"
            + "</DescribeDBClusterAutomatedBackupsResponse>");
  }

  private static String backup(Element cluster) {
    return """
    <DBClusterAutomatedBackup><DBClusterIdentifier>%s</DBClusterIdentifier>\
    <Status>retained</Status><BackupRetentionPeriod>%s</BackupRetentionPeriod>\
    </DBClusterAutomatedBackup>\
    """
        .formatted(Xml.text(cluster, NAME), Xml.text(cluster, "BackupRetentionPeriod"));
  }

  @Override
  public void forget() {
    begun.clear();
    retained.clear();
  }
}
