package io.rekindle.simulator.fake;

import io.rekindle.simulator.wire.Caller;
import io.rekindle.simulator.wire.Client;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Refusal;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.w3c.dom.Document;

/**
 * Snapshots that another account shares: they are found by their ARN only, by who asks for shared
 * ones too, and without their tags.
 */
final class RdsSharing implements Fake {
  private static final String NAME = "DBSnapshotIdentifier";
  private final Map<Thing, Set<String>> shared = new ConcurrentHashMap<>();

  @Override
  public Reply answer(Request request, Cloud next) {
    if (request.is("rds", "ModifyDBSnapshotAttribute")) {
      return share(request);
    }
    String name = request.need(NAME);
    if (!request.is("rds", "DescribeDBSnapshots") || !name.startsWith("arn:")) {
      return next.answer(request);
    }
    Thing asked = Thing.of(request, "snapshot", name);
    if (asked.account().equals(request.caller().account())) {
      return next.answer(request);
    }
    boolean open =
        request.need("IncludeShared").equals("true")
            && asked.region().equals(request.region())
            && shared.getOrDefault(asked, Set.of()).contains(request.caller().account());
    return open
        ? ofTheOwner(request, asked, next)
        : new Refusal(404, "DBSnapshotNotFound", "DBSnapshot not found: " + name).to(request);
  }

  private Reply share(Request request) {
    shared
        .computeIfAbsent(
            Thing.of(request, "snapshot", request.need(NAME)), any -> ConcurrentHashMap.newKeySet())
        .add(request.need("ValuesToAdd.AttributeValue.1"));
    return Reply.xml(
        "<ModifyDBSnapshotAttributeResponse><ModifyDBSnapshotAttributeResult/>"
            + "</ModifyDBSnapshotAttributeResponse>");
  }

  private static Reply ofTheOwner(Request request, Thing asked, Cloud next) {
    Caller owner = new Caller(asked.account(), asked.account(), "", "", "", "");
    Reply reply =
        new Client(next, owner, asked.region())
            .form("rds", "2014-10-31", request.operation(), Map.of(NAME, asked.id()));
    if (!reply.succeeded()) {
      return reply;
    }
    Document answer = Xml.parse(reply.text());
    Xml.all(answer, "DBSnapshot")
        .forEach(each -> {
          Xml.set(each, "SnapshotType", "shared");
          Xml.remove(each, "TagList");
        });
    return reply.with(Xml.print(answer));
  }

  @Override
  public void forget() {
    shared.clear();
  }
}
