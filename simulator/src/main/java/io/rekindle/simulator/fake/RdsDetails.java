package io.rekindle.simulator.fake;

import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Refusal;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Mends what the emulator leaves out or gets wrong about instances and snapshots. */
final class RdsDetails implements Fake {
  private final Map<Thing, String> sources = new ConcurrentHashMap<>();
  private final Set<Thing> waiting = ConcurrentHashMap.newKeySet();

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.service().equals("rds")) {
      return next.answer(request);
    }
    Reply reply = next.answer(byName(request));
    if (!reply.succeeded()) {
      return reply;
    }
    if (isMissed(request, reply)) {
      return new Refusal(404, "DBParameterGroupNotFound", "DBParameterGroup not found").to(request);
    }
    remember(request);
    Document answer = Xml.parse(reply.text());
    Xml.all(answer, "DBSnapshot").forEach(each -> mendSnapshot(request, each));
    Xml.all(answer, "DBInstance").forEach(each -> mendInstance(request, each));
    return reply.with(Xml.print(answer));
  }

  /** Of a group that does not exist the emulator gives an empty list. */
  private static boolean isMissed(Request request, Reply reply) {
    return switch (request.operation()) {
      case "DescribeDBParameterGroups" ->
          request.field("DBParameterGroupName").isPresent()
              && !reply.text().contains("<DBParameterGroupName>");
      case "DescribeDBClusterParameterGroups" ->
          request.field("DBClusterParameterGroupName").isPresent()
              && !reply.text().contains("<DBClusterParameterGroupName>");
      default -> false;
    };
  }

  /** The emulator finds a snapshot by its name only; AWS by its ARN too. */
  private static Request byName(Request request) {
    String snapshot = request.field("DBSnapshotIdentifier").orElse("");
    return request.is("rds", "DescribeDBSnapshots") && snapshot.startsWith("arn:")
        ? request.withField("DBSnapshotIdentifier", Thing.of(request, "snapshot", snapshot).id())
        : request;
  }

  private void remember(Request request) {
    switch (request.operation()) {
      case "CopyDBSnapshot" ->
          sources.put(
              Thing.of(request, "snapshot", request.need("TargetDBSnapshotIdentifier")),
              request.need("SourceDBSnapshotIdentifier"));
      case "ModifyDBInstance" -> {
        if (request.field("DBParameterGroupName").isPresent()) {
          waiting.add(instance(request));
        }
      }
      case "RebootDBInstance" -> waiting.remove(instance(request));
      case "DeleteDBInstance" -> {
        waiting.remove(instance(request));
      }
      default -> {}
    }
  }

  private static Thing instance(Request request) {
    return Thing.of(request, "db", request.need("DBInstanceIdentifier"));
  }

  /** The time of its data is the time of the first snapshot, however often that was copied. */
  private void mendSnapshot(Request request, Element snapshot) {
    Xml.set(snapshot, "SnapshotDatabaseTime", Xml.text(snapshot, "OriginalSnapshotCreateTime"));
    Thing thing = Thing.of(request, "snapshot", Xml.text(snapshot, "DBSnapshotIdentifier"));
    String source = sources.get(thing);
    if (source != null) {
      showSource(request, snapshot, source);
    }
  }

  /** It is told of copies from another Region only. */
  private static void showSource(Request request, Element snapshot, String source) {
    String region = source.startsWith("arn:") ? source.split(":", 5)[3] : request.region();
    if (!region.equals(request.region())) {
      Xml.set(snapshot, "SourceDBSnapshotIdentifier", source);
      Xml.set(snapshot, "SourceRegion", region);
    }
  }

  private void mendInstance(Request request, Element instance) {
    Thing thing = Thing.of(request, "db", Xml.text(instance, "DBInstanceIdentifier"));
    if (waiting.contains(thing)) {
      Xml.within(instance, "ParameterApplyStatus")
          .forEach(status -> status.setTextContent("pending-reboot"));
    }
    String zone = Xml.text(instance, "AvailabilityZone");
    if (!zone.isEmpty()) {
      Xml.set(instance, "AvailabilityZone", request.region() + zone.substring(zone.length() - 1));
    }
  }

  @Override
  public void forget() {
    sources.clear();
    waiting.clear();
  }
}
