package io.rekindle.simulator.fake;

import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import org.w3c.dom.Document;

/** Lists aliases without a TTL, and with the full name of their target, as AWS does. */
final class Route53Aliases implements Fake {
  @Override
  public Reply answer(Request request, Cloud next) {
    Reply reply = next.answer(request);
    if (!request.is("route53", "ListResourceRecordSets") || !reply.succeeded()) {
      return reply;
    }
    Document answer = Xml.parse(reply.text());
    Xml.all(answer, "ResourceRecordSet")
        .forEach(set ->
            Xml.child(set, "AliasTarget")
                .ifPresent(target -> {
                  String name = Xml.text(target, "DNSName");
                  Xml.set(target, "DNSName", name.endsWith(".") ? name : name + ".");
                  Xml.remove(set, "TTL");
                }));
    return reply.with(Xml.print(answer));
  }
}
