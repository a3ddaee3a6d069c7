package io.rekindle.simulator.fake;

import io.rekindle.simulator.wire.Cloud;
import io.rekindle.simulator.wire.Reply;
import io.rekindle.simulator.wire.Request;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lets the ids of hosted zones begin with a Z, as all do on AWS. */
final class Route53Zones implements Fake {
  private static final String PLACE = "/hostedzone/";

  @Override
  public Reply answer(Request request, Cloud next) {
    if (!request.service().equals("route53")) {
      return next.answer(request);
    }
    Reply reply = next.answer(request.at(request.path().replace(PLACE + "Z", PLACE)));
    Map<String, List<String>> headers = new TreeMap<>(reply.headers());
    headers.replaceAll((name, values) -> values.stream().map(Route53Zones::withZ).toList());
    return new Reply(reply.status(), headers, reply.body()).with(withZ(reply.text()));
  }

  private static String withZ(String text) {
    return text.replace(PLACE, PLACE + "Z");
  }
}
