package io.rekindle.simulator.fake;

import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.util.List;
import java.util.Map;
import org.w3c.dom.Document;

/** Mends what the emulator gets wrong about Aurora clusters. */
final class RdsClusterDetails implements Fake {
  private static final String NAME = "DBClusterIdentifier";
  private static final String VERSION = "EngineVersion";

  /** What a Region has at present, whatever the snapshot says. */
  private static final Map<String, String> DEFAULTS =
      Map.of("aurora-postgresql", "17.4", "aurora-mysql", "8.0.mysql_aurora.3.08.2");

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.service().equals("rds")) {
      return next.answer(request);
    }
    Reply reply = next.answer(withDefaults(request));
    if (reply.succeeded()) {
      switch (request.operation()) {
        case "RestoreDBClusterFromSnapshot" -> switchOff(request, next);
        case "DeleteDBCluster" -> dropAutomated(request, next);
        default -> {}
      }
    }
    return reply;
  }

  private static Request withDefaults(Request request) {
    String version = DEFAULTS.getOrDefault(request.need("Engine"), "");
    return request.is("rds", "RestoreDBClusterFromSnapshot")
            && request.field(VERSION).isEmpty()
            && !version.isEmpty()
        ? request.withField(VERSION, version)
        : request;
  }

  /** What is not asked for is off; the emulator takes it from the snapshot's cluster. */
  private static void switchOff(Request request, Cloud next) {
    if (!request.need("DeletionProtection").equals("true")) {
      Client.as(request, next)
          .query(
              "rds",
              "2014-10-31",
              "ModifyDBCluster",
              Map.of(NAME, request.need(NAME), "DeletionProtection", "false"));
    }
  }

  /** They go with their cluster. In the emulator they would stand in the way of the next one. */
  private static void dropAutomated(Request request, Cloud next) {
    Client rds = Client.as(request, next);
    Document all =
        rds.query(
            "rds",
            "2014-10-31",
            "DescribeDBClusterSnapshots",
            Map.of("SnapshotType", "automated", NAME, request.need(NAME)));
    List<String> names =
        Xml.all(all, "DBClusterSnapshot").stream()
            .map(each -> Xml.text(each, "DBClusterSnapshotIdentifier"))
            .toList();
    names.forEach(name ->
        rds.query(
            "rds",
            "2014-10-31",
            "DeleteDBClusterSnapshot",
            Map.of("DBClusterSnapshotIdentifier", name)));
  }
}
