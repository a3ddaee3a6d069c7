package io.rekindle.simulator.fake;

import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import io.rekindle.simulator.wire.Xml;
import org.w3c.dom.Document;

/**
 * The state of load balancers and of certificates, where a test says that it is not the good one.
 */
record AlbStates(Tempo tempo) implements Fake {
  @Override
  public Reply answer(Request request, Cloud next) {
    String told = tempo.end("CreateLoadBalancer");
    Reply reply = next.answer(request);
    boolean asks = request.is(AlbForwarding.SERVICE, "DescribeLoadBalancers");
    return asks && reply.succeeded() && !told.isEmpty() ? shown(reply, told) : reply;
  }

  private static Reply shown(Reply reply, String told) {
    Document answer = Xml.parse(reply.text());
    Xml.all(answer, "State")
        .forEach(state -> {
          Xml.set(state, "Code", told);
          Xml.set(state, "Reason", "so says the test");
        });
    return reply.with(Xml.print(answer));
  }
}
