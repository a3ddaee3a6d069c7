package io.rekindle.simulator.fake;

import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A snapshot says what storage its database had, and a restore takes AWS's defaults for what it is
 * not told; the emulator takes all of the database.
 */
final class RdsSettings implements Fake {
  private static final List<String> STORAGE = List.of("StorageType", "Iops", "StorageThroughput");
  private static final List<String> OFF =
      List.of("EnableIAMDatabaseAuthentication", "DeletionProtection");

  private final Map<Thing, Map<String, String>> snapshots = new ConcurrentHashMap<>();

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.service().equals("rds")) {
      return next.answer(request);
    }
    Reply reply = next.answer(withDefaults(request));
    if (!reply.succeeded()) {
      return reply;
    }
    follow(request, next);
    Document answer = Xml.parse(reply.text());
    Xml.all(answer, "DBSnapshot").forEach(each -> showStorage(request, each));
    return reply.with(Xml.print(answer));
  }

  private static Request withDefaults(Request request) {
    return request.is("rds", "RestoreDBInstanceFromDBSnapshot")
            && request.field("StorageType").isEmpty()
        ? request.withField("StorageType", request.field("Iops").isPresent() ? "io1" : "gp3")
        : request;
  }

  private void follow(Request request, Cloud next) {
    switch (request.operation()) {
      case "CreateDBSnapshot" ->
          snapshots.put(
              snapshot(request, request.need("DBSnapshotIdentifier")), storage(request, next));
      case "CopyDBSnapshot" ->
          snapshots.put(
              snapshot(request, request.need("TargetDBSnapshotIdentifier")),
              snapshots.getOrDefault(
                  snapshot(request, request.need("SourceDBSnapshotIdentifier")), Map.of()));
      case "RestoreDBInstanceFromDBSnapshot" -> switchOff(request, next);
      default -> {}
    }
  }

  private static Map<String, String> storage(Request request, Cloud next) {
    String name = request.need("DBInstanceIdentifier");
    Element instance =
        Xml.all(
                ask(request, next, "DescribeDBInstances", Map.of("DBInstanceIdentifier", name)),
                "DBInstance")
            .getFirst();
    return STORAGE.stream()
        .filter(word -> !Xml.text(instance, word).isEmpty())
        .collect(Collectors.toMap(word -> word, word -> Xml.text(instance, word)));
  }

  /** What is not asked for is off. */
  private static void switchOff(Request request, Cloud next) {
    Map<String, String> settings =
        OFF.stream()
            .collect(Collectors.toMap(word -> word, word -> request.field(word).orElse("false")));
    settings.put("DBInstanceIdentifier", request.need("DBInstanceIdentifier"));
    ask(request, next, "ModifyDBInstance", settings);
  }

  private static Document ask(
      Request request, Cloud next, String operation, Map<String, String> fields) {
    return Client.as(request, next).query("rds", "2014-10-31", operation, fields);
  }

  private void showStorage(Request request, Element snapshot) {
    snapshots
        .getOrDefault(snapshot(request, Xml.text(snapshot, "DBSnapshotIdentifier")), Map.of())
        .forEach((word, value) -> Xml.set(snapshot, word, value));
  }

  private static Thing snapshot(Request request, String id) {
    return Thing.of(request, "snapshot", id);
  }

  @Override
  public void forget() {
    snapshots.clear();
  }
}
