package io.rekindle.simulator.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Json;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;

/** Certificates are issued at once, unless it is said otherwise. */
record AcmCertificates(Tempo tempo) implements Fake {
  @Override
  public Reply answer(Request request, Cloud next) {
    Reply reply = next.answer(request);
    if (!request.is("acm", "DescribeCertificate") || !reply.succeeded()) {
      return reply;
    }
    JsonNode answer = Json.parse(reply.text());
    String told = tempo.end("RequestCertificate");
    ((ObjectNode) answer.path("Certificate")).put("Status", told.isEmpty() ? "ISSUED" : told);
    return reply.with(Json.print(answer));
  }
}
