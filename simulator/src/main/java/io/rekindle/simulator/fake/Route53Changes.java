package io.rekindle.simulator.fake;

import static java.util.Locale.ROOT;

import io.rekindle.plan.step.traffic.Route53;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Refusal;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Changes of records are pending before they are everywhere. */
final class Route53Changes implements Fake {
  private final Map<String, Change> changes = new ConcurrentHashMap<>();
  private final Tempo tempo;

  Route53Changes(Tempo tempo) {
    this.tempo = tempo;
  }

  private record Change(Instant submitted, Instant until) {
    String status(Instant now) {
      return now.isBefore(until) ? "PENDING" : "INSYNC";
    }
  }

  @Override
  public Reply answer(Request request, Cloud next) {
    if (request.is("route53", "GetChange")) {
      return status(request);
    }
    Reply reply = next.answer(request);
    return request.is("route53", "ChangeResourceRecordSets") && reply.succeeded()
        ? pending(request, reply)
        : reply;
  }

  private Reply pending(Request request, Reply reply) {
    String id =
        "C" + UUID.randomUUID().toString().replace("-", "").substring(0, 20).toUpperCase(ROOT);
    Instant now = tempo.now();
    changes.put(
        id, new Change(now, tempo.end(request.operation(), Route53.Upsert.class, "upsert")));
    Document answer = Xml.parse(reply.text());
    Element info = Xml.all(answer, "ChangeInfo").getFirst();
    Xml.set(info, "Id", "/change/" + id);
    Xml.set(info, "Status", "PENDING");
    return reply.with(Xml.print(answer));
  }

  private Reply status(Request request) {
    String id = request.path().substring(request.path().lastIndexOf('/') + 1);
    return Optional.ofNullable(changes.get(id))
        .map(change -> Reply.xml(described(id, change)))
        .orElseGet(() ->
            new Refusal(404, "NoSuchChange", "Could not find resource with ID: " + id).to(request));
  }

  private String described(String id, Change change) {
    return """
    <GetChangeResponse><ChangeInfo><Id>/change/%s</Id><Status>%s</Status>\
    <SubmittedAt>%s</SubmittedAt></ChangeInfo></GetChangeResponse>\
    """
        .formatted(id, change.status(tempo.now()), change.submitted());
  }

  @Override
  public void forget() {
    changes.clear();
  }
}
