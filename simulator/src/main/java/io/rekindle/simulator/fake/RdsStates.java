package io.rekindle.simulator.fake;

import io.rekindle.plan.step.Declared;
import io.rekindle.plan.step.data.Aurora;
import io.rekindle.plan.step.data.Rds;
import io.rekindle.plan.step.data.RdsReplicas;
import io.rekindle.plan.step.data.RdsSnapshots;
import io.rekindle.plan.step.data.Secrets;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Lets instances and snapshots take their time, as they do on AWS. */
final class RdsStates implements Fake {
  private static final String DB = "db";
  private static final String SNAPSHOT = "snapshot";
  private final Transitions transitions = new Transitions();
  private final Tempo tempo;

  RdsStates(Tempo tempo) {
    this.tempo = tempo;
  }

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.service().equals("rds")) {
      return next.answer(request);
    }
    Reply reply = next.answer(request);
    if (!reply.succeeded()) {
      return reply;
    }
    begin(request);
    Document answer = Xml.parse(reply.text());
    Xml.all(answer, "DBInstance").forEach(each -> showInstance(request, each));
    Xml.all(answer, "DBSnapshot").forEach(each -> showSnapshot(request, each));
    return reply.with(Xml.print(answer));
  }

  private void begin(Request request) {
    switch (request.operation()) {
      case "RestoreDBInstanceFromDBSnapshot" ->
          begin(request, DB, name(request), "creating", Rds.RestoreInstance.class, "restore");
      case "CreateDBInstance" -> beginMember(request);
      case "CreateDBInstanceReadReplica" ->
          begin(request, DB, name(request), "creating", RdsReplicas.CreateReplica.class, "create");
      case "StopDBInstance" ->
          begin(request, DB, name(request), "stopping", Rds.StopInstance.class, "stop");
      case "StartDBInstance" ->
          begin(request, DB, name(request), "starting", Rds.StopInstance.class, "stop");
      case "RebootDBInstance" ->
          begin(request, DB, name(request), "rebooting", Rds.Isolate.class, "disconnect");
      case "ModifyDBInstance" -> beginModification(request);
      case "CreateDBSnapshot" ->
          begin(
              request,
              SNAPSHOT,
              request.need("DBSnapshotIdentifier"),
              "creating",
              RdsSnapshots.Snapshot.class,
              "snapshot");
      case "CopyDBSnapshot" ->
          begin(
              request,
              SNAPSHOT,
              request.need("TargetDBSnapshotIdentifier"),
              "creating",
              RdsSnapshots.CopySnapshot.class,
              "copy");
      case "DeleteDBInstance" -> transitions.drop(Thing.of(request, DB, name(request)));
      default -> {}
    }
  }

  /** Others are part of what a test prepares. */
  private void beginMember(Request request) {
    if (request.field("DBClusterIdentifier").isPresent()) {
      begin(request, DB, name(request), "creating", Aurora.RestoreCluster.class, "instances");
    }
  }

  private void beginModification(Request request) {
    if (request.field("NewDBInstanceIdentifier").isPresent()) {
      transitions.drop(Thing.of(request, DB, name(request)));
      String name = request.need("NewDBInstanceIdentifier");
      begin(request, DB, name, "renaming", Rds.Rename.class, "rename");
    } else if (request.field("MasterUserPassword").isPresent()) {
      String word = "resetting-master-credentials";
      begin(request, DB, name(request), word, Secrets.SyncFromRds.class, "set");
    } else {
      begin(request, DB, name(request), "modifying", Rds.Isolate.class, "isolate");
    }
  }

  private void begin(
      Request request,
      String type,
      String id,
      String word,
      Class<? extends Declared> kind,
      String change) {
    transitions.begin(
        Thing.of(request, type, id),
        word,
        tempo.end(request.operation(), kind, change),
        tempo.end(request.operation()));
  }

  private void showInstance(Request request, Element instance) {
    Thing thing = Thing.of(request, DB, Xml.text(instance, "DBInstanceIdentifier"));
    transitions
        .word(thing, tempo.now())
        .ifPresent(word -> {
          Xml.set(instance, "DBInstanceStatus", word);
          if (word.equals("creating")) {
            Xml.remove(instance, "Endpoint");
          }
          if (word.equals("modifying")) {
            Xml.child(instance, "VpcSecurityGroups").stream()
                .flatMap(groups -> Xml.within(groups, "Status"))
                .forEach(status -> status.setTextContent("adding"));
          }
        });
  }

  private void showSnapshot(Request request, Element snapshot) {
    Thing thing = Thing.of(request, SNAPSHOT, Xml.text(snapshot, "DBSnapshotIdentifier"));
    transitions
        .word(thing, tempo.now())
        .ifPresent(word -> {
          Xml.set(snapshot, "Status", word);
          Xml.set(snapshot, "PercentProgress", "50");
        });
  }

  private static String name(Request request) {
    return request.need("DBInstanceIdentifier");
  }

  @Override
  public void forget() {
    transitions.forget();
  }
}
