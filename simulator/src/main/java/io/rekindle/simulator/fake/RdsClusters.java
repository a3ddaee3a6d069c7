package io.rekindle.simulator.fake;

import io.rekindle.plan.step.Declared;
import io.rekindle.plan.step.data.Aurora;
import io.rekindle.plan.step.data.Backup;
import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Refusal;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Aurora clusters take their time, and are busy meanwhile; their names are unique. */
final class RdsClusters implements Fake {
  private static final String NAME = "DBClusterIdentifier";
  private static final String NEW = "NewDBClusterIdentifier";
  private static final Set<String> MAKING =
      Set.of("CreateDBCluster", "RestoreDBClusterFromSnapshot");
  private static final Set<String> NEEDING =
      Set.of("CreateDBInstance", "ModifyDBCluster", "DeleteDBCluster", "CreateDBClusterSnapshot");
  private static final Refusal EXISTS =
      new Refusal(400, "DBClusterAlreadyExistsFault", "DB Cluster already exists");
  private final Transitions transitions = new Transitions();
  private final Tempo tempo;

  RdsClusters(Tempo tempo) {
    this.tempo = tempo;
  }

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.service().equals("rds")) {
      return next.answer(request);
    }
    Optional<Refusal> refusal = request.field(NAME).flatMap(name -> refusal(request, name, next));
    if (refusal.isPresent()) {
      return refusal.get().to(request);
    }
    Reply reply = next.answer(request);
    if (!reply.succeeded()) {
      return reply;
    }
    begin(request);
    Document answer = Xml.parse(reply.text());
    Xml.all(answer, "DBCluster").forEach(each -> show(request, each));
    return reply.with(Xml.print(answer));
  }

  private Optional<Refusal> refusal(Request request, String name, Cloud next) {
    if (MAKING.contains(request.operation())) {
      return status(request, name, next).map(any -> EXISTS);
    }
    if (!NEEDING.contains(request.operation())) {
      return Optional.empty();
    }
    return busy(request, name, next)
        .or(() ->
            request.field(NEW).flatMap(other -> status(request, other, next)).map(any -> EXISTS));
  }

  private Optional<Refusal> busy(Request request, String name, Cloud next) {
    return status(request, name, next)
        .filter(status -> !status.equals("available"))
        .map(status ->
            new Refusal(
                400,
                "InvalidDBClusterStateFault",
                "DB cluster " + name + " is not in available state: " + status + "."));
  }

  private Optional<String> status(Request request, String name, Cloud next) {
    Reply reply =
        Client.as(request, next)
            .form("rds", "2014-10-31", "DescribeDBClusters", Map.of(NAME, name));
    return reply.succeeded()
        ? Optional.of(transitions.word(thing(request, name), tempo.now()).orElse("available"))
        : Optional.empty();
  }

  private void begin(Request request) {
    switch (request.operation()) {
      case "RestoreDBClusterFromSnapshot" ->
          begin(request, "creating", Aurora.RestoreCluster.class, "restore");
      case "ModifyDBCluster" -> beginModification(request);
      case "DeleteDBCluster" -> transitions.drop(thing(request, request.need(NAME)));
      default -> {}
    }
  }

  private void beginModification(Request request) {
    Optional<String> name = request.field(NEW);
    if (name.isPresent()) {
      transitions.drop(thing(request, request.need(NAME)));
      begin(request, name.get(), "renaming", Aurora.Rename.class, "rename");
    } else {
      begin(request, "modifying", Backup.Restore.class, "capacity");
    }
  }

  private void begin(Request request, String word, Class<? extends Declared> kind, String change) {
    begin(request, request.need(NAME), word, kind, change);
  }

  private void begin(
      Request request, String name, String word, Class<? extends Declared> kind, String change) {
    String operation = request.operation();
    transitions.begin(
        thing(request, name), word, tempo.end(operation, kind, change), tempo.end(operation));
  }

  private void show(Request request, Element cluster) {
    transitions
        .word(thing(request, Xml.text(cluster, NAME)), tempo.now())
        .ifPresentOrElse(
            word -> {
              Xml.set(cluster, "Status", word);
              if (word.equals("modifying")) {
                Xml.child(cluster, "VpcSecurityGroups").stream()
                    .flatMap(groups -> Xml.within(groups, "Status"))
                    .forEach(status -> status.setTextContent("adding"));
              }
            },
            () -> Xml.set(cluster, "Status", "available"));
  }

  private static Thing thing(Request request, String name) {
    return Thing.of(request, "cluster", name);
  }

  @Override
  public void forget() {
    transitions.forget();
  }
}
